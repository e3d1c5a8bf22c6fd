import { describe, expect, it } from 'vitest';
import { by, committees, refusedAs, villageIds } from '../support/acts.ts';
import { given, type Scene } from '../support/given.ts';

const village = villageIds.villagers;
const stream = `certificate-${village}`;
const applicantRef = `p_${'a'.repeat(24)}`;
const route = '户口簿、公证';
const kinship = { itemCode: 'KINSHIP', name: '亲属关系证明', substituteRoute: route };
const residence = { itemCode: 'RESIDENCE', name: '居住证明', legalBasis: '居住证暂行条例' };
const issue = { requestNumber: 1, serialNo: '2021-001', purpose: '入学', signerRole: 'CHAIR' };

const list = (id: string, data: object, effectiveOn = '2020-10-01') => ({
  stream: `certlist-${id}`,
  type: 'CertificateListPublished',
  effectiveOn,
  data: { batch: 1, itemsTotal: 23, ...data },
});
const lists = [
  list('cl_national0', { kind: 'PROHIBITED', level: 'CENTRE', documentNumber: '民发〔2020〕20号', items: [kinship] }),
  list('cl_province0', {
    kind: 'PROHIBITED',
    level: 'PROVINCE',
    division: '44',
    divisionId: 'd_province0',
    documentNumber: '粤民发〔2020〕139号',
    items: [{ itemCode: 'KINSHIP', name: '亲属关系证明' }],
  }),
  list('cl_county000', {
    kind: 'PERMITTED',
    level: 'COUNTY',
    division: '440118',
    divisionId: 'd_countyold',
    items: [residence],
  }),
];

/** A log in which a certificate was asked for. */
async function requested(itemCode: string, on = '2021-01-04'): Promise<Scene> {
  const scene = await given(...committees, ...lists);
  await scene.when(stream, 'requestCertificate', { itemCode, applicantRef }, on);
  return scene;
}
const send = (scene: Scene, name: string, data: object, on = '2021-01-05') => scene.when(stream, name, data, on);

describe('requestCertificate', () => {
  it('numbers the requests of a village', async () => {
    const scene = await requested('KINSHIP');
    const again = await send(scene, 'requestCertificate', { itemCode: 'ALIVE', applicantRef, purpose: '养老' });
    expect(again).toMatchObject([{ data: { village, requestNumber: 2, itemCode: 'ALIVE' } }]);
    const late = await send(scene, 'requestCertificate', { itemCode: 'ALIVE', applicantRef }, '2020-12-01');
    expect(late).toMatchObject([{ data: { requestNumber: 3 } }]);
  });

  it('is the village’s: no township takes it in', async () => {
    const scene = await given(...committees);
    const when = scene.when(
      stream,
      'requestCertificate',
      { itemCode: 'ALIVE', applicantRef },
      '2021-01-04',
      by.township,
    );
    await expect(when).rejects.toEqual(refusedAs('act.NOT_AUTHORIZED'));
  });
});

describe('issueCertificate', () => {
  it('refuses what a list prohibits, with the list’s document and the substitute route', async () => {
    await expect(send(await requested('KINSHIP'), 'issueCertificate', issue)).rejects.toMatchObject({
      code: 'E_CERT_PROHIBITED',
      details: {
        refusal: 'certificate.PROHIBITED',
        listDocument: '粤民发〔2020〕139号',
        list: 'cl_province0',
        substituteRoute: route,
      },
    });
    const when = send(await requested('KINSHIP'), 'issueCertificate', issue);
    await expect(when).rejects.toEqual(refusedAs('certificate.PROHIBITED'));
  });

  it('judges by the lists of the day of the request', async () => {
    const scene = await requested('KINSHIP', '2020-09-30');
    const said = { ...issue, deliberationRecord: '2020年第9次会议纪要' };
    expect(await send(scene, 'issueCertificate', said)).toMatchObject([{ data: { ruling: 'DISCRETIONARY' } }]);
  });

  it('issues what is permitted, and keeps the list that says so', async () => {
    expect(await send(await requested('RESIDENCE'), 'issueCertificate', issue)).toMatchObject([
      { type: 'CertificateIssued', data: { itemCode: 'RESIDENCE', ruling: 'PERMITTED', list: 'cl_county000' } },
    ]);
  });

  it('asks for a ground where the item stands in no list', async () => {
    const scene = await requested('TREES');
    const ground = { deliberationRecord: '会议纪要' };
    await expect(send(scene, 'issueCertificate', issue)).rejects.toEqual(refusedAs('certificate.NO_GROUND'));
    const clerk = { ...issue, ...ground, signerRole: 'CLERK' };
    await expect(send(scene, 'issueCertificate', clerk)).rejects.toEqual(refusedAs('certificate.NO_GROUND'));
    const elsewhere = { ...issue, signerRole: 'CLERK', outOfCityRequirement: '外市学校要求' };
    await expect(send(scene, 'issueCertificate', elsewhere)).resolves.toHaveLength(1);
    await expect(send(await requested('TREES'), 'issueCertificate', { ...issue, ...ground })).resolves.toHaveLength(1);
  });

  it('refuses a serial number that was given before, on a later day too', async () => {
    const scene = await requested('RESIDENCE');
    await send(scene, 'issueCertificate', issue, '2021-02-01');
    await send(scene, 'requestCertificate', { itemCode: 'RESIDENCE', applicantRef });
    const again = send(scene, 'issueCertificate', { ...issue, requestNumber: 2 });
    await expect(again).rejects.toEqual(refusedAs('certificate.SERIAL_USED'));
  });

  it('answers a request that is there, once', async () => {
    const scene = await requested('RESIDENCE');
    const absent = send(scene, 'issueCertificate', { ...issue, requestNumber: 2 });
    await expect(absent).rejects.toEqual(refusedAs('certificate.NOT_REQUESTED'));
    await send(scene, 'issueCertificate', issue);
    const twice = send(scene, 'issueCertificate', { ...issue, serialNo: '2021-002' });
    await expect(twice).rejects.toEqual(refusedAs('certificate.ALREADY_ANSWERED'));
  });
});

describe('refuseCertificate', () => {
  it('says which list prohibits the item and what to do instead', async () => {
    expect(await send(await requested('KINSHIP'), 'refuseCertificate', { requestNumber: 1 })).toEqual([
      {
        type: 'CertificateRefused',
        effectiveOn: '2021-01-05',
        data: {
          village,
          requestNumber: 1,
          itemCode: 'KINSHIP',
          ruling: 'PROHIBITED',
          list: 'cl_province0',
          listDocument: '粤民发〔2020〕139号',
          substituteRoute: route,
        },
      },
    ]);
  });

  it('refuses a permitted item only with a ground', async () => {
    const scene = await requested('RESIDENCE');
    const bare = send(scene, 'refuseCertificate', { requestNumber: 1 });
    await expect(bare).rejects.toEqual(refusedAs('certificate.REFUSED_WITHOUT_GROUND'));
    const grounded = { requestNumber: 1, ground: '不在本村居住' };
    await expect(send(scene, 'refuseCertificate', grounded)).resolves.toHaveLength(1);
  });
});

describe('revokeCertificate', () => {
  it('revokes what was issued, once', async () => {
    const scene = await requested('RESIDENCE');
    const revoke = () => send(scene, 'revokeCertificate', { serialNo: '2021-001', reason: '情况不实' }, '2021-02-01');
    await expect(revoke()).rejects.toEqual(refusedAs('certificate.NOT_ISSUED'));
    await send(scene, 'issueCertificate', issue);
    await expect(revoke()).resolves.toMatchObject([{ type: 'CertificateRevoked' }]);
    await expect(revoke()).rejects.toEqual(refusedAs('certificate.NOT_ISSUED'));
  });
});
