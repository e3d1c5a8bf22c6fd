import { describe, expect, it } from 'vitest';
import { by, committees, refusedAs } from '../support/acts.ts';
import { given } from '../support/given.ts';

const stream = 'creditcode-v_xiawei000';
const certificate = { creditCode: '5444011800000000XU', certificateNumber: '1', legalName: '下围村村民委员会' };

describe('issueCreditCodeCertificate', () => {
  it.each([
    ['creditcode.CHECK_CHARACTER', { creditCode: '5444011800000000X0' }, by.county],
    ['creditcode.OTHER_AUTHORITY', {}, by.prefecture],
  ])('refuses as %s', async (refusal, change, header) => {
    const scene = await given(...committees);
    const data = { ...certificate, ...change };
    const when = scene.when(stream, 'issueCreditCodeCertificate', data, '2020-01-01', header);
    await expect(when).rejects.toEqual(refusedAs(refusal));
  });

  it('records one certificate, which is changed and cancelled', async () => {
    const scene = await given(...committees);
    const send = (name: string, data: object) => scene.when(stream, name, data, '2020-01-01', by.county);
    await expect(send('changeCreditCodeCertificate', certificate)).rejects.toEqual(refusedAs('creditcode.NONE'));
    await expect(send('issueCreditCodeCertificate', certificate)).resolves.toHaveLength(1);
    await expect(send('issueCreditCodeCertificate', certificate)).resolves.toEqual([]);
    const renewed = { ...certificate, certificateNumber: '2' };
    await expect(send('issueCreditCodeCertificate', renewed)).rejects.toEqual(refusedAs('creditcode.ISSUED'));
    await expect(send('changeCreditCodeCertificate', renewed)).resolves.toHaveLength(1);
    await expect(send('cancelCreditCodeCertificate', { reason: '撤并' })).resolves.toHaveLength(1);
  });
});
