import { describe, expect, it } from 'vitest';
import { by, committees, refusedAs } from '../support/acts.ts';
import { given } from '../support/given.ts';

const stream = 'document-pd_aaaaaaaa';
const paper = {
  documentNumber: '粤民发〔2020〕139号',
  title: '关于改进和规范基层群众性自治组织出具证明工作的实施意见',
  issuers: ['广东省民政厅'],
  kind: 'OPINION',
  issuedOn: '2020-12-01',
};
const issue = async (change: object, on = '2020-12-01', header: object = by.province) =>
  (await given(...committees)).when(stream, 'issuePolicyDocument', { ...paper, ...change }, on, header);

describe('issuePolicyDocument', () => {
  it('records a document with the level of the body that issued it', async () => {
    await expect(issue({})).resolves.toEqual([
      { type: 'PolicyDocumentIssued', effectiveOn: '2020-12-01', data: expect.objectContaining({ level: 'PROVINCE' }) },
    ]);
  });

  it.each([
    ['document.EARLY', {}, '2020-11-30'],
    ['document.EXPIRES_EARLY', { expiresOn: '2020-12-01' }, '2020-12-01'],
    ['document.SUPERSEDED_UNKNOWN', { supersedes: ['pd_bbbbbbbb'] }, '2020-12-01'],
  ])('refuses as %s: %o', async (refusal, change, on) => {
    await expect(issue(change, on)).rejects.toEqual(refusedAs(refusal));
  });

  it('takes a document that holds for days before its own, where it says so', async () => {
    await expect(issue({ retroactive: true }, '2020-11-30')).resolves.toHaveLength(1);
  });

  it('refuses a number that the issuer has given, and another document in the same stream', async () => {
    const scene = await given(...committees);
    const send = (to: string) => scene.when(to, 'issuePolicyDocument', paper, '2020-12-01', by.province);
    await send(stream);
    await expect(send('document-pd_bbbbbbbb')).rejects.toEqual(refusedAs('document.NUMBER_TAKEN'));
    await expect(send(stream)).rejects.toEqual(refusedAs('document.EXISTS'));
  });
});

describe('repealPolicyDocument', () => {
  it('ends a document once, by no body below its issuer', async () => {
    const scene = await given(...committees);
    const send = (name: string, header: object) => scene.when(stream, name, {}, '2021-02-01', header);
    await expect(send('repealPolicyDocument', by.province)).rejects.toEqual(refusedAs('document.UNKNOWN'));
    await scene.when(stream, 'issuePolicyDocument', paper, '2020-12-01', by.province);
    await expect(send('repealPolicyDocument', by.county)).rejects.toEqual(refusedAs('document.BODY_BELOW'));
    await expect(send('repealPolicyDocument', by.province)).resolves.toHaveLength(1);
    await expect(send('repealPolicyDocument', by.province)).resolves.toEqual([]);
    await expect(send('expirePolicyDocument', by.province)).rejects.toEqual(refusedAs('document.ENDED'));
  });
});

describe('an act under a document that was not yet issued', () => {
  it('is refused', async () => {
    const scene = await given(...committees);
    await scene.when(stream, 'issuePolicyDocument', paper, '2020-12-01', by.province);
    const basis = [{ documentNumber: paper.documentNumber }];
    const when = scene.when('charter-v_xiawei000', 'openCharterRevision', { kind: 'VILLAGE_RULES' }, '2020-11-01', {
      basis,
    });
    await expect(when).rejects.toEqual(refusedAs('act.BASIS_NOT_ISSUED'));
  });
});
