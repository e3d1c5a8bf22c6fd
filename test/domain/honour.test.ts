import { describe, expect, it } from 'vitest';
import { honour } from '../../src/domain/honour.ts';
import { by, committees, refusedAs, villageIds } from '../support/acts.ts';
import { brokenField } from '../support/broken-field.ts';
import { given } from '../support/given.ts';
import { divisionIds, of, xiawei } from '../support/hamlet-county.ts';

const stream = 'honour-h_aaaaaaaa';
const title = { title: '全国和谐社区建设示范社区', level: 'CENTRE', batch: 2 };
const ofVillage = { holderType: 'VILLAGE', village: villageIds.residents, ...title };
const day = '2017-12-22';

const conferring = async (data: object, on = day, header: object = by.centre) =>
  (await given(...committees)).when(stream, 'conferHonour', data, on, header);

describe('conferHonour', () => {
  it('records 盐运西, a demonstration community of the second batch, by the document of its basis', async () => {
    const yanyunxi = { ...xiawei, code: '440104003108', name: '盐运西社区居委会', shortName: '盐运西' };
    const scene = await given(
      ...committees,
      of('village-v_yanyunxi', 'VillageListed', '2016-07-31', { ...yanyunxi, kind: 'RESIDENTS_COMMITTEE' }),
    );
    const data = { ...ofVillage, village: 'v_yanyunxi' };
    const header = { ...by.centre, basis: [{ documentNumber: '民发〔2014〕224号', issuer: '民政部' }] };
    await expect(scene.when(stream, 'conferHonour', data, '2014-12-31', header)).resolves.toEqual([
      {
        type: 'HonourConferred',
        effectiveOn: '2014-12-31',
        data: { ...data, conferredBy: '民政部', documentNumber: '民发〔2014〕224号' },
      },
    ]);
  });

  it.each([
    ['a district', { holderType: 'DISTRICT', division: divisionIds.county }],
    ['a town', { holderType: 'TOWNSHIP', division: divisionIds.shitan }],
    ['a project', { holderType: 'PROJECT', division: divisionIds.county, project: '活化赋权' }],
  ])('lets %s hold it', async (_, holder) => {
    await expect(conferring({ ...title, ...holder })).resolves.toHaveLength(1);
  });

  it.each([
    ['a village without its id', 'village', { holderType: 'VILLAGE' }],
    ['a town without its id', 'division', { holderType: 'TOWNSHIP' }],
    ['a project without its name', 'project', { holderType: 'PROJECT', division: divisionIds.county }],
    [
      'a town with a village',
      'village',
      { holderType: 'TOWNSHIP', division: divisionIds.shitan, village: 'v_xiawei000' },
    ],
    ['a district with a project', 'project', { holderType: 'DISTRICT', division: divisionIds.county, project: '赋权' }],
  ])('asks for one holder: not %s', (_, field, holder) => {
    expect(brokenField(honour.commands.conferHonour, { ...title, ...holder })).toBe(field);
  });

  it.each([
    ['honour.HOLDER_UNKNOWN', 'of no division', { holderType: 'DISTRICT', division: 'd_absent000' }, by.centre],
    [
      'honour.HOLDER_UNKNOWN',
      'of a town as a district',
      { holderType: 'DISTRICT', division: divisionIds.shitan },
      by.centre,
    ],
    [
      'honour.BODY_BELOW',
      'of the centre by a province',
      { holderType: 'DISTRICT', division: divisionIds.county },
      by.province,
    ],
    ['act.VILLAGE_UNKNOWN', 'of no village', { holderType: 'VILLAGE', village: 'v_absent000' }, by.centre],
  ])('refuses as %s a title %s', async (refusal, _, holder, header) => {
    await expect(conferring({ ...title, ...holder }, day, header)).rejects.toEqual(refusedAs(refusal));
  });

  it('refuses the title of a batch twice, and takes it in another batch', async () => {
    const scene = await given(...committees);
    const send = (to: string, change: object) =>
      scene.when(to, 'conferHonour', { ...ofVillage, ...change }, day, by.centre);
    await send(stream, {});
    await expect(send('honour-h_bbbbbbbb', {})).rejects.toEqual(refusedAs('honour.TWICE'));
    await expect(send('honour-h_bbbbbbbb', { batch: 3 })).resolves.toHaveLength(1);
    await expect(send(stream, { batch: 4 })).rejects.toEqual(refusedAs('honour.EXISTS'));
  });
});

describe('revokeHonour', () => {
  const reason = { reason: '复核未通过' };

  it('ends an honour once, after which it may be conferred anew', async () => {
    const scene = await given(...committees);
    await scene.when(stream, 'conferHonour', ofVillage, day, by.centre);
    const revoke = () => scene.when(stream, 'revokeHonour', reason, '2019-01-01', by.centre);
    await expect(revoke()).resolves.toEqual([
      { type: 'HonourRevoked', effectiveOn: '2019-01-01', data: { village: villageIds.residents, ...reason } },
    ]);
    await expect(revoke()).resolves.toEqual([]);
    const anew = scene.when('honour-h_bbbbbbbb', 'conferHonour', ofVillage, '2020-01-01', by.centre);
    await expect(anew).resolves.toHaveLength(1);
  });

  it('refuses what was never conferred, and a body below the title', async () => {
    const scene = await given(...committees);
    const revoke = (header: object) => scene.when(stream, 'revokeHonour', reason, '2019-01-01', header);
    await expect(revoke(by.centre)).rejects.toEqual(refusedAs('honour.UNKNOWN'));
    await scene.when(stream, 'conferHonour', ofVillage, day, by.centre);
    await expect(revoke(by.province)).rejects.toEqual(refusedAs('honour.BODY_BELOW'));
  });
});
