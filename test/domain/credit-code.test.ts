import { describe, expect, it } from 'vitest';
import { checkCharacter } from '../../src/domain/credit-code.ts';
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

describe('changeCreditCodeCertificate', () => {
  const other = '5444011800000001X';
  const anew = { ...certificate, creditCode: `${other}${checkCharacter(other)}` };

  it('keeps the code of the village for life, after the certificate is cancelled too', async () => {
    const scene = await given(...committees);
    const send = (name: string, data: object, on = '2020-01-01') => scene.when(stream, name, data, on, by.county);
    await send('issueCreditCodeCertificate', certificate);
    await expect(send('changeCreditCodeCertificate', anew)).rejects.toEqual(refusedAs('creditcode.FOR_LIFE'));
    await send('cancelCreditCodeCertificate', { reason: '换证' }, '2021-01-01');
    await expect(send('issueCreditCodeCertificate', anew, '2021-02-01')).rejects.toEqual(
      refusedAs('creditcode.FOR_LIFE'),
    );
  });

  it('records another name and head under the same code', async () => {
    const scene = await given(...committees);
    const send = (name: string, data: object) => scene.when(stream, name, data, '2020-01-01', by.county);
    await send('issueCreditCodeCertificate', certificate);
    const headed = { ...certificate, legalName: '下围社区居民委员会', legalRepresentativeRef: `p_${'a'.repeat(24)}` };
    await expect(send('changeCreditCodeCertificate', headed)).resolves.toEqual([
      {
        type: 'CreditCodeCertificateChanged',
        effectiveOn: '2020-01-01',
        data: { village: 'v_xiawei000', ...headed },
      },
    ]);
    await expect(send('changeCreditCodeCertificate', headed)).resolves.toEqual([]);
  });
});

describe('cancelCreditCodeCertificate', () => {
  it('refuses a village that has none', async () => {
    const scene = await given(...committees);
    const cancel = scene.when(stream, 'cancelCreditCodeCertificate', { reason: '撤并' }, '2020-01-01', by.county);
    await expect(cancel).rejects.toEqual(refusedAs('creditcode.NONE'));
  });
});

describe('checkCharacter()', () => {
  it('is another one where a character is wrong, or two are exchanged', () => {
    expect(checkCharacter(certificate.creditCode)).toBe('U');
    expect(checkCharacter('5444011800000000Y')).not.toBe('U');
    expect(checkCharacter('544401180000000X0')).not.toBe('U');
  });
});
