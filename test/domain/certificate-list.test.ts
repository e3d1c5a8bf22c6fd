import { describe, expect, it } from 'vitest';
import { by, committees, refusedAs } from '../support/acts.ts';
import { given, type Scene } from '../support/given.ts';

const national = 'certlist-cl_national0';
const provincial = 'certlist-cl_province0';
const county = 'certlist-cl_county000';
const kinship = { itemCode: 'KINSHIP', name: '亲属关系证明', substituteRoute: '户口簿、公证' };
const alive = { itemCode: 'ALIVE', name: '健在证明' };
const dogs = { itemCode: 'DOG_KEEPING', name: '养犬证明' };
const residence = { itemCode: 'RESIDENCE', name: '居住证明', legalBasis: '居住证暂行条例' };

const centreList = {
  kind: 'PROHIBITED',
  level: 'CENTRE',
  batch: 1,
  documentNumber: '民发〔2020〕20号',
  itemsTotal: 20,
  items: [kinship, alive],
};
const ofProvince = {
  ...centreList,
  level: 'PROVINCE',
  division: '44',
  documentNumber: '粤民发〔2020〕139号',
  itemsTotal: 23,
};
const ofCounty = {
  kind: 'PERMITTED',
  level: 'COUNTY',
  division: '440118',
  batch: 1,
  itemsTotal: 7,
  items: [residence],
};

const publish = (scene: Scene, stream: string, data: object, header: object, on = '2020-10-01') =>
  scene.when(stream, 'publishCertificateList', data, on, header);

async function withNational(): Promise<Scene> {
  const scene = await given(...committees);
  await publish(scene, national, centreList, by.centre, '2020-09-01');
  return scene;
}

describe('publishCertificateList', () => {
  it('keeps the items that are known beside their total, and the division for ever', async () => {
    const scene = await withNational();
    const said = await publish(scene, provincial, { ...ofProvince, copies: 'cl_national0' }, by.province);
    expect(said).toMatchObject([{ data: { itemsTotal: 23, divisionId: 'd_province0', items: [kinship, alive] } }]);
  });

  it('may lie ahead: a list holds from the day it names', async () => {
    await expect(
      publish(await withNational(), provincial, ofProvince, by.province, '2021-06-01'),
    ).resolves.toHaveLength(1);
  });

  it('refuses the list of another level, and the territory of another body', async () => {
    const scene = await withNational();
    await expect(publish(scene, county, ofCounty, by.prefecture)).rejects.toEqual(refusedAs('certlist.OTHER_LEVEL'));
    const elsewhere = { ...ofCounty, division: '440119' };
    await expect(publish(scene, county, elsewhere, by.county)).rejects.toEqual(refusedAs('act.OTHER_TERRITORY'));
    const nowhere = { ...ofProvince, division: '45' };
    await expect(publish(scene, provincial, nowhere, by.centre)).rejects.toEqual(refusedAs('certlist.OTHER_LEVEL'));
  });

  it('refuses a lower list that permits what a level above prohibits', async () => {
    const permits = { ...ofCounty, items: [{ ...kinship, legalBasis: '某法' }] };
    const when = publish(await withNational(), county, permits, by.county);
    await expect(when).rejects.toEqual(refusedAs('certlist.DROPS_UPPER'));
  });

  it('refuses a list that takes over one above and leaves an item out', async () => {
    const scene = await withNational();
    const part = { ...ofProvince, items: [kinship], copies: 'cl_national0' };
    await expect(publish(scene, provincial, part, by.province)).rejects.toEqual(refusedAs('certlist.DROPS_UPPER'));
    const nothing = { ...ofProvince, copies: 'cl_nothing00' };
    await expect(publish(scene, provincial, nothing, by.province)).rejects.toEqual(refusedAs('certlist.UPPER_UNKNOWN'));
  });

  it('refuses an item in both lists of a level, and a permitted item without its law', async () => {
    const scene = await withNational();
    await publish(scene, county, ofCounty, by.county);
    const both = { ...ofCounty, kind: 'PROHIBITED', items: [{ ...residence }] };
    const second = 'certlist-cl_county001';
    await expect(publish(scene, second, both, by.county)).rejects.toEqual(refusedAs('certlist.IN_BOTH_LISTS'));
    const { legalBasis: _, ...lawless } = residence;
    const permitted = { ...ofCounty, items: [{ ...lawless, itemCode: 'OTHER' }] };
    await expect(publish(scene, second, permitted, by.county)).rejects.toEqual(refusedAs('certlist.NO_LEGAL_BASIS'));
  });

  it('refuses a list that is there', async () => {
    const when = publish(await withNational(), national, { ...centreList, batch: 2 }, by.centre);
    await expect(when).rejects.toEqual(refusedAs('certlist.ALREADY_PUBLISHED'));
  });

  it('is no list of townships', async () => {
    const when = publish(
      await withNational(),
      county,
      { ...ofCounty, level: 'TOWNSHIP', division: '440118102' },
      by.township,
    );
    await expect(when).rejects.toEqual(refusedAs('act.NOT_AUTHORIZED'));
  });
});

describe('amendCertificateList', () => {
  const amend = (scene: Scene, data: object, header: object = by.county) =>
    scene.when(county, 'amendCertificateList', { add: [], remove: [], ...data }, '2021-01-01', header);
  const prohibits = { ...ofCounty, kind: 'PROHIBITED', itemsTotal: 2, items: [kinship, dogs] };
  async function withCounty(): Promise<Scene> {
    const scene = await withNational();
    await publish(scene, county, prohibits, by.county);
    return scene;
  }

  it('adds and removes items, and counts them', async () => {
    const scene = await withCounty();
    expect(await amend(scene, { add: [alive], remove: ['DOG_KEEPING'] })).toMatchObject([
      { type: 'CertificateListAmended', data: { itemsTotal: 2 } },
    ]);
    await expect(amend(scene, { remove: ['DOG_KEEPING'] })).rejects.toEqual(refusedAs('certlist.ITEM_UNKNOWN'));
  });

  it('refuses to drop what a level above prohibits', async () => {
    const when = amend(await withCounty(), { remove: ['KINSHIP'] });
    await expect(when).rejects.toEqual(refusedAs('certlist.DROPS_UPPER'));
  });

  it('refuses what the list has already, a total below its items, and a list that is not there', async () => {
    const scene = await withCounty();
    await expect(amend(scene, { add: [dogs] })).rejects.toEqual(refusedAs('certlist.ITEM_KNOWN'));
    await expect(amend(scene, { add: [alive], itemsTotal: 2 })).rejects.toEqual(refusedAs('certlist.ITEMS_TOTAL'));
    const none = amend(await withNational(), { add: [dogs] });
    await expect(none).rejects.toEqual(refusedAs('certlist.NOT_PUBLISHED'));
  });

  it('refuses another body than the list’s', async () => {
    await expect(amend(await withCounty(), { add: [alive] }, by.province)).rejects.toEqual(
      refusedAs('certlist.OTHER_LEVEL'),
    );
  });
});
