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
import { worldOf } from '../support/world.ts';

const world: readonly Told[] = [...places, ...villagesListed];
const { shitan, zhongxin, county, prefecture } = divisionIds;
const day = '2019-01-01';
const elsewhere = of(streams.other, 'VillageListed', start, { ...baima, code: '440118104201', township: zhongxin });
const refused = (code: string) => expect.objectContaining({ code });

describe('abolishVillage', () => {
  const abolish = async (data: object, facts: readonly Told[] = world) =>
    (await given(...facts)).when(streams.xiawei, 'abolishVillage', { successors: [], approval, ...data }, day);

  it('names the successors once', async () => {
    await expect(abolish({ successors: [ids.baima, ids.baima] })).resolves.toEqual([
      { type: 'VillageAbolished', effectiveOn: day, data: { successors: [ids.baima], approval } },
    ]);
  });

  it('states nothing where it is stated', async () => {
    const facts = [...world, of(streams.xiawei, 'VillageAbolished', day, { successors: [], approval })];
    await expect(abolish({}, facts)).resolves.toEqual([]);
  });

  it.each([
    ['E_SELF_REFERENCE', { successors: [ids.xiawei] }],
    ['E_APPROVAL_MISSING', { approval: {} }],
    ['E_NOT_FOUND', { successors: [ids.absent] }],
  ])('refuses by %s', async (code, data) => {
    await expect(abolish(data)).rejects.toEqual(refused(code));
  });

  it('refuses a successor that is not listed', async () => {
    const facts = [...world, of(streams.baima, 'VillageDelisted', '2018-01-01', {})];
    await expect(abolish({ successors: [ids.baima] }, facts)).rejects.toEqual(refused('E_VILLAGE_NOT_ACTIVE'));
  });

  it('leaves a village abolished that a later edition leaves out', async () => {
    const gone = of(streams.xiawei, 'VillageDelisted', '2020-01-01', {});
    const scene = await given(...world, gone);
    await scene.when(streams.xiawei, 'abolishVillage', { successors: [], approval }, day);
    expect(worldOf(await scene.log()).village(ids.xiawei, '2021-01-01')).toMatchObject({ status: 'ABOLISHED' });
  });

  it('does not end a successor that only the corrected statement named', async () => {
    const scene = await given(...world);
    await scene.when(streams.xiawei, 'abolishVillage', { successors: [ids.baima], approval }, day);
    const corrects = `${streams.xiawei}.1`;
    await scene.when(streams.xiawei, 'abolishVillage', { successors: [], approval }, day, { corrects });
    expect(worldOf(await scene.log()).village(ids.baima, day)).toMatchObject({ status: 'LISTED' });
    await expect(scene.when(streams.baima, 'renameVillage', { name: '黑马村委会' }, day)).resolves.toHaveLength(1);
  });
});

describe('mergeVillages', () => {
  const merge = async (data: object, facts: readonly Told[] = world) =>
    (await given(...facts)).when(streams.xiawei, 'mergeVillages', { merged: [ids.baima], approval, ...data }, day);

  it('names all in one event, which ends the merged ones', async () => {
    const scene = await given(...world);
    const facts = await scene.when(streams.xiawei, 'mergeVillages', { merged: [ids.baima, ids.baima], approval }, day);
    expect(facts).toEqual([{ type: 'VillagesMerged', effectiveOn: day, data: { merged: [ids.baima], approval } }]);
    const after = worldOf(await scene.log());
    expect(after.village(ids.baima, day)?.status).toBe('ABOLISHED');
    expect(after.village(ids.xiawei, day)?.status).toBe('LISTED');
    expect(after.village(ids.baima, '2018-12-31')?.status).toBe('LISTED');
    await expect(scene.when(streams.xiawei, 'mergeVillages', { merged: [ids.baima], approval }, day)).resolves.toEqual(
      [],
    );
  });

  it('can be corrected on the same day, though the merged ones have ended by it', async () => {
    const scene = await given(...world);
    await scene.when(streams.xiawei, 'mergeVillages', { merged: [ids.baima], approval }, day);
    const data = { merged: [ids.baima], approval: { ...approval, countyApprovedOn: '2018-03-02' } };
    const corrects = `${streams.xiawei}.1`;
    await expect(scene.when(streams.xiawei, 'mergeVillages', data, day, { corrects })).resolves.toHaveLength(1);
  });

  it('ends no village that another act has ending later', async () => {
    const scene = await given(...world);
    await scene.when(streams.baima, 'abolishVillage', { successors: [], approval }, '2020-01-01');
    const merged = scene.when(streams.xiawei, 'mergeVillages', { merged: [ids.baima], approval }, day);
    await expect(merged).rejects.toEqual(refused('E_VILLAGE_NOT_ACTIVE'));
    await scene.whenVoided(`${streams.baima}.1`);
    await expect(
      scene.when(streams.xiawei, 'mergeVillages', { merged: [ids.baima], approval }, day),
    ).resolves.toHaveLength(1);
  });

  it.each([
    ['E_SELF_REFERENCE', { merged: [ids.xiawei] }],
    ['E_NOT_FOUND', { merged: [ids.absent] }],
    ['E_SUBORDINATION', { merged: [ids.other] }],
    ['E_APPROVAL_MISSING', { approval: { countyApprovedOn: '2018-03-01' } }],
  ])('refuses by %s', async (code, data) => {
    await expect(merge(data, [...world, elsewhere])).rejects.toEqual(refused(code));
  });

  it('asks for the consent of a villagers’ committee that ends in a residents’ one', async () => {
    const residents = { ...xiawei, kind: 'RESIDENTS_COMMITTEE', code: '440118102001' };
    const facts = [
      ...places,
      of(streams.xiawei, 'VillageListed', start, residents),
      of(streams.baima, 'VillageListed', start, baima),
    ];
    const alone = { approval: { countyApprovedOn: '2018-03-01' } };
    await expect(merge(alone, facts)).rejects.toEqual(refused('E_APPROVAL_MISSING'));
  });
});

describe('splitVillage', () => {
  const upper = { name: '上围村委会', code: '440118102301' };
  const lower = { name: '下围村民委员会', code: '440118102302' };
  const split = async (data: object, facts: readonly Told[] = world) =>
    (await given(...facts)).when(
      streams.xiawei,
      'splitVillage',
      { parts: [upper, lower], continues: false, approval, ...data },
      day,
    );

  it('makes villages whose ids follow from the command', async () => {
    const [first, second] = [await split({}), await split({})];
    expect(first).toEqual(second);
    expect(first).toEqual([
      {
        type: 'VillageSplit',
        effectiveOn: day,
        data: {
          parts: [
            { ...upper, shortName: '上围', village: expect.stringMatching(/^v_[0-9a-f]{20}$/) },
            { ...lower, shortName: '下围', village: expect.stringMatching(/^v_[0-9a-f]{20}$/) },
          ],
          continues: false,
          kind: xiawei.kind,
          township: shitan,
          county,
          prefecture,
          approval,
        },
      },
    ]);
  });

  it('states nothing where it is stated, and can be corrected on its day', async () => {
    const scene = await given(...world);
    const command = { parts: [upper, lower], continues: false, approval };
    await scene.when(streams.xiawei, 'splitVillage', command, day);
    await expect(scene.when(streams.xiawei, 'splitVillage', command, day)).resolves.toEqual([]);
    const corrects = `${streams.xiawei}.1`;
    const going = { parts: [upper], continues: true, approval };
    await expect(scene.when(streams.xiawei, 'splitVillage', going, day, { corrects })).resolves.toHaveLength(1);
    const after = worldOf(await scene.log());
    expect(after.villagesBelow(shitan, day)).toHaveLength(3);
  });

  it.each([
    ['E_NAME_TAKEN', { parts: [upper, { name: '上围村民委员会' }] }],
    ['E_NAME_TAKEN', { parts: [upper, { name: '白马村民委员会' }] }],
    ['E_NAME_TAKEN', { parts: [lower], continues: true }],
    ['E_CODE_TAKEN', { parts: [upper, { ...lower, code: upper.code }] }],
    ['E_CODE_TAKEN', { parts: [{ ...upper, code: xiawei.code }], continues: true }],
    ['E_CODE_TAKEN', { parts: [upper, { ...lower, code: baima.code }] }],
    ['E_CODE_BAND', { parts: [upper, { ...lower, code: '440118102001' }] }],
    ['E_APPROVAL_MISSING', { approval: {} }],
  ])('refuses by %s', async (code, data) => {
    await expect(split(data)).rejects.toEqual(refused(code));
  });

  it('refuses a village that is not listed', async () => {
    const facts = [...world, of(streams.xiawei, 'VillageDelisted', '2018-01-01', {})];
    await expect(split({}, facts)).rejects.toEqual(refused('E_VILLAGE_NOT_ACTIVE'));
  });
});

describe('adjustVillageBoundary', () => {
  const data = { counterpart: ids.baima, gained: '河东的田' };
  const adjust = async (change: object, facts: readonly Told[] = world) =>
    (await given(...facts)).when(streams.xiawei, 'adjustVillageBoundary', { ...data, ...change }, day);

  it('records it once', async () => {
    await expect(adjust({})).resolves.toEqual([{ type: 'VillageBoundaryAdjusted', effectiveOn: day, data }]);
    await expect(adjust({}, [...world, of(streams.xiawei, 'VillageBoundaryAdjusted', day, data)])).resolves.toEqual([]);
  });

  it.each([
    ['E_SELF_REFERENCE', { counterpart: ids.xiawei }],
    ['E_NOT_FOUND', { counterpart: ids.absent }],
  ])('refuses by %s', async (code, change) => {
    await expect(adjust(change)).rejects.toEqual(refused(code));
  });
});
