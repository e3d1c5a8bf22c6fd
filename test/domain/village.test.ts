import { describe, expect, it } from 'vitest';
import { given, type Told } from '../support/given.ts';
import {
  approval,
  baima,
  divisionIds,
  ids,
  of,
  places,
  start,
  streams,
  villagesListed,
  xiawei,
} from '../support/hamlet-county.ts';

const world: readonly Told[] = [...places, ...villagesListed];
const { shitan, zhongxin, county, prefecture, newCounty } = divisionIds;
const inZhongxin = { ...baima, code: '440118104201', township: zhongxin };
const residents = { ...xiawei, kind: 'RESIDENTS_COMMITTEE' as const, code: '440118102001', name: '下围居委会' };
const day = '2019-01-01';

const refused = (code: string) => expect.objectContaining({ code });

describe('listVillage', () => {
  it('enters a village', async () => {
    const when = (await given(...places)).when(streams.xiawei, 'listVillage', xiawei, start);
    await expect(when).resolves.toEqual([{ type: 'VillageListed', effectiveOn: start, data: xiawei }]);
  });

  it('states nothing where it is already so', async () => {
    await expect((await given(...world)).when(streams.xiawei, 'listVillage', xiawei, day)).resolves.toEqual([]);
  });

  it('states what an edition changes, each change by its own event', async () => {
    const now = {
      ...xiawei,
      code: '440118104001',
      name: '下围居委会',
      kind: 'RESIDENTS_COMMITTEE',
      township: zhongxin,
    };
    const facts = await (await given(...world)).when(streams.xiawei, 'listVillage', now, day);
    expect(facts.map(({ type }) => type)).toEqual([
      'VillageSubordinationTransferred',
      'VillageCodeChanged',
      'VillageKindChanged',
      'VillageRenamed',
    ]);
  });

  it('lists a village anew that had gone', async () => {
    const gone = of(streams.xiawei, 'VillageDelisted', '2017-10-31', {});
    const facts = await (await given(...world, gone)).when(streams.xiawei, 'listVillage', xiawei, day);
    expect(facts.map(({ type }) => type)).toEqual(['VillageListed']);
  });

  it.each([
    ['E_CODE_TAKEN', { ...xiawei, name: '另村委会' }],
    ['E_CODE_BAND', { ...xiawei, code: '440118102001' }],
    ['E_CODE_BAND', { ...xiawei, code: '440118102000' }],
    ['E_CODE_BAND', { ...xiawei, code: '440118104243' }],
    ['E_CODE_BAND', { ...xiawei, kind: 'QUASI_VILLAGERS', code: '440118102598' }],
    ['E_DIVISION_UNKNOWN', { ...xiawei, township: county }],
    ['E_DIVISION_UNKNOWN', { ...xiawei, code: undefined, county: newCounty }],
    ['E_DIVISION_UNKNOWN', { ...xiawei, code: undefined, prefecture: county }],
  ])('refuses by %s what a clerk enters against the rules', async (code, record) => {
    const when = (await given(...world)).when(streams.other, 'listVillage', record, day);
    await expect(when).rejects.toEqual(refused(code));
  });

  it('takes the roster as it stands, its reused codes too', async () => {
    const record = { ...xiawei, edition: 2019, rule: 'FIRST_RECORD' };
    const facts = await (await given(...world)).when(streams.other, 'listVillage', record, day);
    expect(facts).toHaveLength(1);
  });
});

describe('establishVillage', () => {
  const asked = { name: '新村委会', kind: 'VILLAGERS_COMMITTEE', code: '440118102300', township: shitan, approval };
  const when = async (change: object, on = day, facts = world) =>
    (await given(...facts)).when(streams.other, 'establishVillage', { ...asked, ...change }, on);

  it('records it with its base name and what lies above it', async () => {
    const { township: _, ...data } = { ...asked, shortName: '新村', isVirtual: false };
    await expect(when({})).resolves.toEqual([
      { type: 'VillageEstablished', effectiveOn: day, data: { ...data, township: shitan, county, prefecture } },
    ]);
  });

  it('allows a day ahead, once it is decided', async () => {
    await expect(when({}, '2097-01-01')).resolves.toHaveLength(1);
  });

  it('needs the county’s decision alone for a residents’ committee', async () => {
    const change = { kind: 'RESIDENTS_COMMITTEE', code: undefined, approval: { countyApprovedOn: '2018-03-01' } };
    await expect(when(change)).resolves.toHaveLength(1);
  });

  it.each([
    ['E_DIVISION_UNKNOWN', { township: county }],
    ['E_APPROVAL_MISSING', { approval: { ...approval, assemblyConsentedOn: undefined } }],
    ['E_STEP_ORDER', { approval: { ...approval, townshipProposedOn: '2018-02-02' } }],
    ['E_STEP_ORDER', { approval: { ...approval, countyApprovedOn: '2019-01-02' } }],
    ['E_FUTURE_OCCURRENCE', { approval: { ...approval, countyApprovedOn: '2021-05-07' } }],
    ['E_KIND_MISMATCH', { kind: 'QUASI_VILLAGERS' }],
    ['E_NAME_TAKEN', { name: '下围村民委员会' }],
    ['E_CODE_TAKEN', { code: xiawei.code }],
    ['E_CODE_BAND', { code: '440118102001' }],
  ])('refuses by %s', async (code, change) => {
    await expect(when(change)).rejects.toEqual(refused(code));
  });

  it('refuses a code that another village had', async () => {
    const facts = [...world, of(streams.baima, 'VillageDelisted', '2017-10-31', {})];
    await expect(when({ code: baima.code }, day, facts)).rejects.toEqual(refused('E_CODE_RETIRED'));
  });

  it('refuses a village that is there', async () => {
    const scene = await given(...world);
    await expect(scene.when(streams.xiawei, 'establishVillage', asked, day)).rejects.toEqual(
      refused('E_ALREADY_EXISTS'),
    );
  });
});

describe('renameVillage', () => {
  const rename = async (name: string, on = day, facts = world) =>
    (await given(...facts)).when(streams.xiawei, 'renameVillage', { name }, on);

  it('records the old name and the new base name', async () => {
    await expect(rename('石滩镇新下围村委会')).resolves.toEqual([
      {
        type: 'VillageRenamed',
        effectiveOn: day,
        data: { oldName: xiawei.name, newName: '石滩镇新下围村委会', newShortName: '新下围' },
      },
    ]);
  });

  it('states nothing where the village has the name', async () => {
    await expect(rename(xiawei.name)).resolves.toEqual([]);
  });

  it('allows another form of the same base name', async () => {
    await expect(rename('下围村民委员会')).resolves.toHaveLength(1);
  });

  it('judges a late command by its own day', async () => {
    const later = of(streams.baima, 'VillageRenamed', '2020-01-01', {
      oldName: '白马村委会',
      newName: '黑马村委会',
      newShortName: '黑马',
    });
    await expect(rename('黑马村委会', day, [...world, later])).resolves.toHaveLength(1);
    await expect(rename('黑马村委会', '2020-01-01', [...world, later])).rejects.toEqual(refused('E_NAME_TAKEN'));
  });

  it.each([
    ['E_NAME_TAKEN', '白马村民委员会', day],
    ['E_VILLAGE_NOT_ACTIVE', '新村委会', '2016-07-30'],
  ])('refuses by %s', async (code, name, on) => {
    await expect(rename(name, on)).rejects.toEqual(refused(code));
  });

  it('refuses a village that is not there', async () => {
    const when = (await given(...world)).when(streams.absent, 'renameVillage', { name: '新村委会' }, day);
    await expect(when).rejects.toEqual(refused('E_NOT_FOUND'));
  });

  it('acts on a village that another’s split made, and not on one that another’s merger ended', async () => {
    const split = of(streams.xiawei, 'VillageSplit', '2018-06-01', {
      parts: [{ village: ids.other, name: '上围村委会', shortName: '上围' }],
      continues: true,
      kind: xiawei.kind,
      township: shitan,
      county,
      prefecture,
      approval,
    });
    const merged = of(streams.xiawei, 'VillagesMerged', '2018-06-02', { merged: [ids.baima], approval });
    const scene = await given(...world, split, merged);
    const name = { name: '新村委会' };
    await expect(scene.when(streams.other, 'renameVillage', name, day)).resolves.toHaveLength(1);
    await expect(scene.when(streams.baima, 'renameVillage', name, day)).rejects.toEqual(
      refused('E_VILLAGE_NOT_ACTIVE'),
    );
  });
});

describe('changeVillageCode', () => {
  const change = async (code: string, facts = world) =>
    (await given(...facts)).when(streams.xiawei, 'changeVillageCode', { code }, day);

  it('records both codes', async () => {
    await expect(change('440118102250')).resolves.toEqual([
      { type: 'VillageCodeChanged', effectiveOn: day, data: { oldCode: xiawei.code, newCode: '440118102250' } },
    ]);
  });

  it('states nothing where the village has the code', async () => {
    await expect(change(xiawei.code as string)).resolves.toEqual([]);
  });

  it('gives a village back a code of its own', async () => {
    const before = of(streams.xiawei, 'VillageCodeChanged', '2018-01-01', {
      oldCode: xiawei.code,
      newCode: '440118102250',
    });
    await expect(change(xiawei.code as string, [...world, before])).resolves.toHaveLength(1);
  });

  it('follows the ending of a virtual community', async () => {
    const park = of(streams.other, 'VillageListed', start, {
      ...xiawei,
      name: '园区',
      shortName: '园区',
      kind: 'QUASI_RESIDENTS',
      code: '440118102400',
    });
    const scene = await given(...world, park);
    const facts = await scene.when(streams.other, 'changeVillageCode', { code: '440118102498' }, day);
    expect(facts[1]).toMatchObject({
      type: 'VillageKindChanged',
      data: { newKind: 'QUASI_RESIDENTS', isVirtual: true },
    });
  });

  it.each([
    ['E_CODE_TAKEN', baima.code as string],
    ['E_CODE_BAND', '440118102001'],
    ['E_CODE_BAND', '440118104243'],
  ])('refuses by %s', async (code, to) => {
    await expect(change(to)).rejects.toEqual(refused(code));
  });
});

describe('changeVillageKind', () => {
  const change = async (data: object, facts = world) =>
    (await given(...facts)).when(streams.xiawei, 'changeVillageKind', data, day);

  it('records both kinds', async () => {
    const data = { kind: 'RESIDENTS_COMMITTEE', assemblyConsentedOn: '2018-12-01' };
    await expect(change(data)).resolves.toEqual([
      {
        type: 'VillageKindChanged',
        effectiveOn: day,
        data: { oldKind: xiawei.kind, newKind: 'RESIDENTS_COMMITTEE', assemblyConsentedOn: '2018-12-01' },
      },
    ]);
  });

  it('states nothing where it is of the kind', async () => {
    await expect(change({ kind: xiawei.kind })).resolves.toEqual([]);
  });

  it.each([
    ['E_APPROVAL_MISSING', {}],
    ['E_FUTURE_OCCURRENCE', { assemblyConsentedOn: '2021-05-07' }],
    ['E_STEP_ORDER', { assemblyConsentedOn: '2019-01-02' }],
  ])('refuses by %s', async (code, data) => {
    await expect(change({ kind: 'RESIDENTS_COMMITTEE', ...data })).rejects.toEqual(refused(code));
  });

  it('refuses a name that a village of the new kind has', async () => {
    const facts = [...world, of(streams.other, 'VillageListed', start, residents)];
    const data = { kind: 'RESIDENTS_COMMITTEE', assemblyConsentedOn: '2018-12-01' };
    await expect(change(data, facts)).rejects.toEqual(refused('E_NAME_TAKEN'));
  });
});

describe('transferVillage', () => {
  const transfer = async (data: object, facts = world) =>
    (await given(...facts)).when(streams.xiawei, 'transferVillage', data, day);

  it('records the move and the new code', async () => {
    const facts = await transfer({ township: zhongxin, code: '440118104243' });
    expect(facts).toEqual([
      {
        type: 'VillageSubordinationTransferred',
        effectiveOn: day,
        data: { fromTownship: shitan, township: zhongxin, county, prefecture },
      },
      { type: 'VillageCodeChanged', effectiveOn: day, data: { oldCode: xiawei.code, newCode: '440118104243' } },
    ]);
  });

  it('states nothing where the village lies there', async () => {
    await expect(transfer({ township: shitan })).resolves.toEqual([]);
  });

  it('leaves the code where no new one is known', async () => {
    await expect(transfer({ township: zhongxin })).resolves.toHaveLength(1);
  });

  it.each([
    ['E_DIVISION_UNKNOWN', { township: county }],
    ['E_CODE_BAND', { township: zhongxin, code: '440118102250' }],
  ])('refuses by %s', async (code, data) => {
    await expect(transfer(data)).rejects.toEqual(refused(code));
  });

  it('refuses a name that is taken there', async () => {
    const facts = [...world, of(streams.other, 'VillageListed', start, { ...inZhongxin, shortName: '下围' })];
    await expect(transfer({ township: zhongxin }, facts)).rejects.toEqual(refused('E_NAME_TAKEN'));
  });
});

describe('delistVillage', () => {
  it('records it once', async () => {
    const scene = await given(...world);
    const facts = await scene.when(streams.xiawei, 'delistVillage', {}, day);
    expect(facts).toEqual([{ type: 'VillageDelisted', effectiveOn: day, data: {} }]);
    await expect(scene.when(streams.xiawei, 'delistVillage', {}, '2020-01-01')).resolves.toEqual([]);
  });

  it('refuses a village that is not there', async () => {
    await expect((await given(...world)).when(streams.absent, 'delistVillage', {}, day)).rejects.toEqual(
      refused('E_NOT_FOUND'),
    );
  });
});

describe('classifyVillage', () => {
  it('records a class once, and over a new listing', async () => {
    const scene = await given(...world);
    const data = { class: 'TOWN_CENTRE' };
    await expect(scene.when(streams.xiawei, 'classifyVillage', data, day)).resolves.toEqual([
      { type: 'UrbanRuralClassAssigned', effectiveOn: day, data },
    ]);
    await scene.when(streams.xiawei, 'delistVillage', {}, '2020-01-01');
    await scene.when(streams.xiawei, 'listVillage', xiawei, '2021-01-01');
    await expect(scene.when(streams.xiawei, 'classifyVillage', data, '2021-02-01')).resolves.toEqual([]);
  });

  it('refuses a village that is not listed', async () => {
    const when = (await given(...world)).when(
      streams.xiawei,
      'classifyVillage',
      { class: 'TOWN_CENTRE' },
      '2016-01-01',
    );
    await expect(when).rejects.toEqual(refused('E_VILLAGE_NOT_ACTIVE'));
  });
});
