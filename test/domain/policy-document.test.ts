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

describe('expirePolicyDocument', () => {
  it('ends a document that named no day for it, once', async () => {
    const scene = await given(...committees);
    const send = (name: string) => scene.when(stream, name, { reason: '阶段任务完成' }, '2021-02-01', by.province);
    await expect(send('expirePolicyDocument')).rejects.toEqual(refusedAs('document.UNKNOWN'));
    await scene.when(stream, 'issuePolicyDocument', paper, '2020-12-01', by.province);
    await expect(send('expirePolicyDocument')).resolves.toEqual([
      { type: 'PolicyDocumentExpired', effectiveOn: '2021-02-01', data: { reason: '阶段任务完成' } },
    ]);
    await expect(send('expirePolicyDocument')).resolves.toEqual([]);
    await expect(send('repealPolicyDocument')).rejects.toEqual(refusedAs('document.ENDED'));
  });

  it('refuses what lapsed by its own day', async () => {
    const scene = await given(...committees);
    const lapsing = { ...paper, expiresOn: '2021-01-01' };
    await scene.when(stream, 'issuePolicyDocument', lapsing, '2020-12-01', by.province);
    const repeal = scene.when(stream, 'repealPolicyDocument', {}, '2021-02-01', by.province);
    await expect(repeal).rejects.toEqual(refusedAs('document.ENDED'));
  });
});

describe('publishLocalStandard', () => {
  const standard = {
    standardNumber: 'DB44/T 1',
    title: '城乡社区协商工作规范',
    issuers: ['广东省市场监督管理局'],
    publishedOn: '2019-12-01',
  };
  const publishing = async (change: object, on = '2020-03-01') =>
    (await given(...committees)).when(stream, 'publishLocalStandard', { ...standard, ...change }, on, by.province);

  it('records a standard that is in force from a later day', async () => {
    await expect(publishing({})).resolves.toEqual([
      {
        type: 'LocalStandardPublished',
        effectiveOn: '2020-03-01',
        data: { ...standard, level: 'PROVINCE', division: 'd_province0' },
      },
    ]);
  });

  it('refuses one that is in force before it is published', async () => {
    await expect(publishing({}, '2019-11-30')).rejects.toEqual(refusedAs('document.EARLY'));
  });

  it('refuses a number that the issuer has given, and another one in the same stream', async () => {
    const scene = await given(...committees);
    const send = (to: string) => scene.when(to, 'publishLocalStandard', standard, '2020-03-01', by.province);
    await send(stream);
    await expect(send('document-pd_bbbbbbbb')).rejects.toEqual(refusedAs('document.NUMBER_TAKEN'));
    await expect(send(stream)).rejects.toEqual(refusedAs('document.EXISTS'));
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
