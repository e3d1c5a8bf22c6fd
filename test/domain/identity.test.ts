import { describe, expect, it } from 'vitest';
import { village } from '../../src/domain/village.ts';
import { datedRecords } from '../../src/domain/village-state.ts';
import { eventsAt } from '../../src/es/fold.ts';
import { given, type Scene, type Told } from '../support/given.ts';
import { baima, ids, of, places, start, streams, xiawei } from '../support/hamlet-county.ts';
import { worldOf } from '../support/world.ts';

const days = [start, '2017-10-30', '2017-10-31', '2018-10-31', '2019-10-31', '2020-06-30', '2021-05-06', '2022-01-01'];
const recoded = { ...xiawei, code: '440118102299' };
const renamed = { ...recoded, name: '下围社区居委会' };

/** The village until its code changed, and what an import took for another village since. */
const twoRecords: readonly Told[] = [
  ...places,
  of(streams.xiawei, 'VillageListed', start, xiawei),
  of(streams.xiawei, 'VillageDelisted', '2017-10-31', {}),
  of(streams.other, 'VillageListed', '2017-10-31', recoded),
  of(streams.other, 'VillageRenamed', '2019-10-31', {
    oldName: recoded.name,
    newName: renamed.name,
    newShortName: '下围',
  }),
];

const link = { other: ids.other };
const refused = (code: string) => expect.objectContaining({ code });

/** Code and name of a village on each of the days; null where it is not listed. */
async function seen(scene: Scene, id: string): Promise<(string | null)[]> {
  const world = worldOf(await scene.log());
  return days.map((day) => {
    const found = world.village(id, day);
    return found?.status === 'LISTED' ? `${found.code} ${found.name}` : null;
  });
}

/** The aggregate's own fold says the same. */
async function expectSameFold(scene: Scene): Promise<void> {
  const log = await scene.log();
  for (const id of [ids.xiawei, ids.other]) {
    const history = eventsAt(
      log.filter(({ subjects }) => subjects.includes(`village-${id}`)),
      '9999-12-31',
      1_000,
    );
    const dated = datedRecords(id, history);
    const records = days.map((day) => dated.findLast(({ effectiveOn }) => effectiveOn <= day)?.record ?? null);
    expect(records.map((record) => record && `${record.code} ${record.name}`)).toEqual(await seen(scene, id));
  }
}

describe('linkVillages', () => {
  it('makes the other’s record this village’s on every day', async () => {
    const scene = await given(...twoRecords);
    const [mine, theirs] = [await seen(scene, ids.xiawei), await seen(scene, ids.other)];
    await scene.when(streams.xiawei, 'linkVillages', link, '2019-01-01');
    expect(await seen(scene, ids.xiawei)).toEqual(days.map((_, at) => mine[at] ?? theirs[at]));
    expect(await seen(scene, ids.other)).toEqual(days.map(() => null));
    await expectSameFold(scene);
  });

  it('keeps a record that begins on the day on which the other’s ends', async () => {
    const scene = await given(...twoRecords, of(streams.other, 'VillageDelisted', '2021-05-06', {}));
    const [mine, theirs] = [await seen(scene, ids.xiawei), await seen(scene, ids.other)];
    // The other way round: the later record takes the earlier one over.
    await scene.when(streams.other, 'linkVillages', { other: ids.xiawei }, '2019-01-01');
    expect(await seen(scene, ids.other)).toEqual(days.map((_, at) => mine[at] ?? theirs[at]));
    expect(await seen(scene, ids.xiawei)).toEqual(days.map(() => null));
  });

  it('does not let a record return that was stated twice, as when an older edition came late', async () => {
    const again = of(streams.other, 'VillageListed', '2017-10-31', recoded);
    const twice = [...twoRecords.slice(0, -2), of(streams.other, 'VillageListed', '2018-10-31', recoded), again];
    const scene = await given(...twice);
    await scene.when(streams.xiawei, 'linkVillages', link, '2019-01-01');
    expect(await seen(scene, ids.other)).toEqual(days.map(() => null));
    expect((await seen(scene, ids.xiawei)).at(-1)).toBe(`${recoded.code} ${recoded.name}`);
  });

  it('is not undone by an event that meant nothing to the village before', async () => {
    const scene = await given(...twoRecords, of(streams.xiawei, 'VillageDelisted', '2018-10-31', {}));
    await scene.when(streams.xiawei, 'linkVillages', link, '2019-01-01');
    expect(await seen(scene, ids.xiawei)).not.toContain(null);
    await expectSameFold(scene);
  });

  it('states nothing where it is stated', async () => {
    const scene = await given(...twoRecords);
    await scene.when(streams.xiawei, 'linkVillages', link, '2019-01-01');
    await expect(scene.when(streams.xiawei, 'linkVillages', link, '2019-01-01')).resolves.toEqual([]);
  });

  it('keeps the class that was assigned', async () => {
    const classed = of(streams.xiawei, 'UrbanRuralClassAssigned', '2017-01-01', { class: 'TOWN_CENTRE' });
    const scene = await given(...twoRecords, classed);
    await scene.when(streams.xiawei, 'linkVillages', link, '2019-01-01');
    await expect(
      scene.when(streams.xiawei, 'classifyVillage', { class: 'TOWN_CENTRE' }, '2020-01-01'),
    ).resolves.toEqual([]);
  });

  it('leaves the villages alone that only the replaced link named', async () => {
    const third = of(streams.baima, 'VillageListed', '2017-10-31', { ...baima, code: '440118102298' });
    const scene = await given(...twoRecords.slice(0, -1), third);
    const before = await seen(scene, ids.other);
    await scene.when(streams.xiawei, 'linkVillages', link, '2019-01-01');
    const corrects = `${streams.xiawei}.2`;
    await scene.when(streams.xiawei, 'linkVillages', { other: ids.baima }, '2019-01-01', { corrects });
    expect(await seen(scene, ids.other)).toEqual(before);
    expect((await seen(scene, ids.xiawei)).at(-1)).toBe(`440118102298 ${baima.name}`);
  });

  it('is gone when all its events are voided', async () => {
    const scene = await given(...twoRecords);
    const before = [await seen(scene, ids.xiawei), await seen(scene, ids.other)];
    const { events } = await scene.send(streams.xiawei, 'linkVillages', link, '2019-01-01');
    expect(events.length).toBeGreaterThan(1);
    for (const { id } of events) await scene.whenVoided(id);
    expect([await seen(scene, ids.xiawei), await seen(scene, ids.other)]).toEqual(before);
  });

  it.each([
    ['E_SELF_REFERENCE', streams.xiawei, ids.xiawei],
    ['E_NOT_FOUND', streams.xiawei, ids.absent],
    ['E_NOT_FOUND', streams.absent, ids.xiawei],
    ['E_LINK_OVERLAP', streams.xiawei, ids.baima],
  ])('refuses by %s', async (code, stream, other) => {
    const scene = await given(...twoRecords, of(streams.baima, 'VillageListed', '2017-01-01', baima));
    await expect(scene.when(stream, 'linkVillages', { other }, start)).rejects.toEqual(refused(code));
  });

  it('refuses an emptied id that would take over another', async () => {
    const scene = await given(...twoRecords, of(streams.baima, 'VillageListed', '2017-01-01', baima));
    await scene.when(streams.xiawei, 'linkVillages', link, '2019-01-01');
    const again = scene.when(streams.other, 'linkVillages', { other: ids.baima }, '2019-01-01');
    await expect(again).rejects.toEqual(refused('E_VILLAGE_NOT_ACTIVE'));
  });
});

describe('unlinkVillage', () => {
  it('gives a linked record back to its own id', async () => {
    const scene = await given(...twoRecords);
    const before = [await seen(scene, ids.xiawei), await seen(scene, ids.other)];
    await scene.when(streams.xiawei, 'linkVillages', link, '2019-01-01');
    await scene.when(streams.xiawei, 'unlinkVillage', {}, '2017-10-31');
    expect([await seen(scene, ids.xiawei), await seen(scene, ids.other)]).toEqual(before);
    const left = worldOf(await scene.log()).village(ids.xiawei, '2020-01-01');
    expect(left).toMatchObject({ status: 'DELISTED', code: xiawei.code });
    await expectSameFold(scene);
  });

  it('can link again what it parted', async () => {
    const scene = await given(...twoRecords);
    await scene.when(streams.xiawei, 'linkVillages', link, '2019-01-01');
    const linked = await seen(scene, ids.xiawei);
    await scene.when(streams.xiawei, 'unlinkVillage', {}, '2017-10-31');
    await scene.when(streams.xiawei, 'linkVillages', link, '2019-01-01');
    expect(await seen(scene, ids.xiawei)).toEqual(linked);
    expect(await seen(scene, ids.other)).toEqual(days.map(() => null));
  });

  it('makes a village of a record that was never another’s', async () => {
    const scene = await given(...places, of(streams.xiawei, 'VillageListed', start, xiawei));
    const [fact] = await scene.when(streams.xiawei, 'unlinkVillage', {}, '2018-10-31');
    const other = (fact?.data as { other: string } | undefined)?.other ?? '';
    const whole = `${xiawei.code} ${xiawei.name}`;
    const cut = days.map((day) => (day < '2018-10-31' ? whole : null));
    expect(await seen(scene, ids.xiawei)).toEqual(cut);
    expect(await seen(scene, other)).toEqual(cut.map((here) => (here ? null : whole)));
    await expect(
      scene.when(`village-${other}`, 'renameVillage', { name: '新村委会' }, '2019-01-01'),
    ).resolves.toHaveLength(1);
  });

  it('states nothing where it is stated', async () => {
    const scene = await given(...places, of(streams.xiawei, 'VillageListed', start, xiawei));
    await scene.when(streams.xiawei, 'unlinkVillage', {}, '2018-10-31');
    await expect(scene.when(streams.xiawei, 'unlinkVillage', {}, '2018-10-31')).resolves.toEqual([]);
  });

  it('leaves no id without a record', async () => {
    const scene = await given(...twoRecords);
    await expect(scene.when(streams.xiawei, 'unlinkVillage', {}, start)).rejects.toEqual(refused('E_UNLINK_WHOLE'));
    await scene.when(streams.xiawei, 'linkVillages', link, '2019-01-01');
    await scene.when(streams.xiawei, 'unlinkVillage', {}, '2017-10-31');
    const again = scene.when(streams.other, 'unlinkVillage', {}, '2017-10-31');
    await expect(again).rejects.toEqual(refused('E_UNLINK_WHOLE'));
  });

  it.each([
    ['E_NOT_FOUND', streams.absent, start],
    ['E_VILLAGE_NOT_ACTIVE', streams.xiawei, '2017-10-31'],
  ])('refuses by %s', async (code, stream, on) => {
    await expect((await given(...twoRecords)).when(stream, 'unlinkVillage', {}, on)).rejects.toEqual(refused(code));
  });
});

describe('the village', () => {
  it('reads others’ events for a link and a merger, and for nothing else', () => {
    expect(Object.keys(village.reads ?? {})).toEqual(['linkVillages', 'mergeVillages']);
  });
});
