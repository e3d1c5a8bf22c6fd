import { describe, expect, it } from 'vitest';
import { aggregateNamed } from '../../src/domain/index.ts';
import { ruleSet } from '../../src/domain/rule-set.ts';
import { execute } from '../../src/es/execute.ts';
import { by, committees, refusedAs, villageIds } from '../support/acts.ts';
import { given, today, undocumented } from '../support/given.ts';
import { ids, of, places, streams, xiawei } from '../support/hamlet-county.ts';
import { worldOf } from '../support/world.ts';

const stream = `charter-${villageIds.villagers}`;
const open = { kind: 'VILLAGE_RULES' };
const opened = async (header: object = {}, data: object = open, day = '2019-01-01', on = stream) =>
  (await given(...committees)).when(on, 'openCharterRevision', data, day, header);

describe('every act of a system', () => {
  it('names its legal basis, or says why none is known', async () => {
    await expect(opened({ basis: [] })).rejects.toEqual(refusedAs('act.BASIS_MISSING'));
    await expect(opened({ basis: [{ article: 'art. 27' }] })).rejects.toEqual(refusedAs('act.BASIS_MISSING'));
    await expect(opened({ basis: [{ documentNumber: '民发〔2018〕144号' }] })).resolves.toHaveLength(1);
    await expect(opened({ basis: [{ unknownBecause: '未见文件' }] })).resolves.toHaveLength(1);
  });

  it('holds no personal data, in its fields as in its note', async () => {
    await expect(opened({}, { ...open, reason: '电话13812345678' })).rejects.toEqual(refusedAs('act.PERSONAL_DATA'));
    await expect(opened({ note: '44010419800101123X' })).rejects.toEqual(refusedAs('act.PERSONAL_DATA'));
  });

  it('has happened by today', async () => {
    await expect(opened({}, open, '2021-05-07')).rejects.toEqual(refusedAs('act.FUTURE'));
    await expect(opened({}, open, today)).resolves.toHaveLength(1);
  });

  it('is of a village that is there, and of a kind that has it', async () => {
    const elsewhere = (id: string) => opened({}, open, '2019-01-01', `charter-${id}`);
    await expect(elsewhere(ids.absent)).rejects.toEqual(refusedAs('act.VILLAGE_UNKNOWN'));
    const gone = await given(...committees, of(streams.xiawei, 'VillageDelisted', '2018-06-01', {}));
    await expect(gone.when(stream, 'openCharterRevision', open, '2019-01-01')).rejects.toEqual(
      refusedAs('act.VILLAGE_NOT_ACTIVE'),
    );
    const farm = { ...xiawei, kind: 'QUASI_VILLAGERS', code: '440118102500' };
    const quasi = await given(...places, of(streams.xiawei, 'VillageListed', '2016-07-31', farm));
    await expect(quasi.when(stream, 'openCharterRevision', open, '2019-01-01')).rejects.toEqual(
      refusedAs('act.KIND_MISMATCH'),
    );
  });

  it('is decided by a body of the level and territory that the matrix names', async () => {
    await expect(opened(by.county)).rejects.toEqual(refusedAs('act.NOT_AUTHORIZED'));
    const village = { decidedBy: { level: 'VILLAGE', village: villageIds.second, organ: '村民会议' } };
    await expect(opened(village)).rejects.toEqual(refusedAs('act.OTHER_TERRITORY'));
    const own = { decidedBy: { level: 'VILLAGE', village: villageIds.villagers, organ: '村民会议' } };
    await expect(opened(own)).resolves.toHaveLength(1);
  });

  it('looks up in the oldest edition what an act before it names', async () => {
    await expect(opened({}, open, '2012-01-01')).resolves.toHaveLength(1);
  });
});

describe('a change of law', () => {
  const aggregate = aggregateNamed('charter');
  const vote = { assembly: 'ADULTS', eligible: 900, attended: 500, women: 240, inFavour: 480 };
  const stricter = [
    ...ruleSet.filter(({ name }) => name !== 'ASSEMBLY_ADULTS_MIN_BP'),
    { name: 'ASSEMBLY_ADULTS_MIN_BP' as const, value: 5_000, from: '1998-11-04', to: '2020-01-01', source: 'old' },
    { name: 'ASSEMBLY_ADULTS_MIN_BP' as const, value: 9_000, from: '2020-01-01', source: 'new' },
  ];

  it('holds for acts from its day on, and leaves what was decided before as it was', async () => {
    const scene = await given(...committees);
    const step = (name: string, data: object, day: string, header: object = {}) =>
      scene.when(stream, name, data, day, header);
    const textSha256 = 'a'.repeat(64);
    await step('openCharterRevision', open, '2019-01-01');
    await step(
      'collectCharterOpinions',
      { from: '2019-01-01', channels: [], opinionsReceived: 1, opinionsAdopted: 1 },
      '2019-01-02',
    );
    await step('draftCharter', { textSha256, topics: ['CONDUCT'] }, '2019-01-03');
    await step('submitCharterForReview', {}, '2019-01-04');
    await step('passCharterReview', { textSha256 }, '2019-01-05', by.township);
    const under = async (rules: typeof ruleSet, day: string) => {
      if (!aggregate) throw new Error('There are charters');
      const ledger = { store: scene.store, today: () => today, world: { ...worldOf(await scene.log()), rules } };
      const command = { name: 'adoptCharter', stream, data: vote, effectiveOn: day, commandId: `c-${day}` };
      return execute(ledger, aggregate, { ...command, basis: undocumented, recordedBy: 'test' });
    };
    // Of a later day it is refused by the new row; of an earlier one it is taken, though it is sent under the new law.
    await expect(under(stricter, '2020-02-01')).rejects.toEqual(refusedAs('charter.QUORUM'));
    await expect(under(stricter, '2019-06-01')).resolves.toMatchObject({ events: [{ type: 'CharterAdopted' }] });
    // The old log replays under the new rules: the next step finds the vote as it was.
    const filed = { textSha256, filedWith: '石滩镇人民政府' };
    await expect(step('fileCharter', filed, '2020-03-01', by.township)).resolves.toHaveLength(1);
  });
});
