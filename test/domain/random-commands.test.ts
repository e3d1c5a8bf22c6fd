import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type VillageRow, villages } from '../../projections/villages.ts';
import { aggregateNamed, eventCatalogue } from '../../src/domain/index.ts';
import type { VillageState } from '../../src/domain/village-state.ts';
import { VOID_COMMAND } from '../../src/es/command.ts';
import { CodedError, invariant } from '../../src/es/errors.ts';
import { type RecordedEvent, streamOf } from '../../src/es/event.ts';
import { evolve } from '../../src/es/evolve.ts';
import { eventsAt } from '../../src/es/fold.ts';
import { given, type Scene } from '../support/given.ts';
import { approval, divisionIds, ids, places, villagesListed, xiawei } from '../support/hamlet-county.ts';
import { RowsOf } from '../support/world.ts';

const { shitan, zhongxin, county, newCounty, prefecture } = divisionIds;
const days = ['2016-07-31', '2017-10-31', '2018-06-01', '2019-01-01', '2020-06-30', '2097-01-01'];

const name = fc.constantFrom('下围村委会', '白马村委会', '上围村委会', '下围社区居委会');
const code = fc.constantFrom('440118102243', '440118102244', '440118102250', '440118104201', '440118102001');
const township = fc.constantFrom(shitan, zhongxin);
const villageId = fc.constantFrom(ids.xiawei, ids.baima, ids.other);
const steps = fc.constantFrom(approval, approval, {});
const kind = fc.constantFrom('VILLAGERS_COMMITTEE', 'RESIDENTS_COMMITTEE', 'QUASI_VILLAGERS');
const origin = fc.constantFrom({}, { edition: 2018, rule: 'FIRST_RECORD' });
const record = fc
  .record({ name, code, kind, township, origin })
  .map(({ origin: from, ...rest }) => ({ ...xiawei, ...rest, shortName: rest.name.slice(0, 2), ...from }));

const villageCommand = fc.oneof(
  fc.tuple(fc.constant('listVillage'), record),
  fc.tuple(fc.constant('establishVillage'), fc.record({ name, code, kind, township, approval: steps })),
  fc.tuple(fc.constant('renameVillage'), fc.record({ name })),
  fc.tuple(fc.constant('changeVillageCode'), fc.record({ code })),
  fc.tuple(fc.constant('changeVillageKind'), fc.record({ kind, assemblyConsentedOn: fc.constant('2016-01-01') })),
  fc.tuple(fc.constant('transferVillage'), fc.record({ township })),
  fc.tuple(fc.constant('delistVillage'), fc.constant({})),
  fc.tuple(
    fc.constant('abolishVillage'),
    fc.record({ successors: fc.array(villageId, { maxLength: 2 }), approval: steps }),
  ),
  fc.tuple(
    fc.constant('mergeVillages'),
    fc.record({ merged: fc.array(villageId, { minLength: 1, maxLength: 2 }), approval: steps }),
  ),
  fc.tuple(
    fc.constant('splitVillage'),
    fc.record({
      parts: fc.array(fc.record({ name }), { minLength: 1, maxLength: 2 }),
      continues: fc.boolean(),
      approval: steps,
    }),
  ),
  fc.tuple(fc.constant('classifyVillage'), fc.record({ class: fc.constantFrom('TOWN_CENTRE', 'VILLAGE_AREA') })),
  fc.tuple(fc.constant('linkVillages'), fc.record({ other: villageId })),
  fc.tuple(fc.constant('linkVillages'), fc.record({ other: villageId })),
  fc.tuple(fc.constant('unlinkVillage'), fc.constant({})),
);
const divisionCommand = fc.oneof(
  fc.tuple(fc.constant('transferDivision'), fc.record({ parent: fc.constantFrom(county, newCounty, prefecture) })),
  fc.tuple(fc.constant('renameDivision'), fc.record({ name: fc.constantFrom('石滩镇', '石滩街道') })),
  fc.tuple(fc.constant('delistDivision'), fc.constant({})),
);
const action = fc.record({
  act: fc.oneof(
    {
      weight: 8,
      arbitrary: fc.tuple(
        villageId.map((id) => streamOf('village', id)),
        villageCommand,
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(
        township.map((id) => streamOf('division', id)),
        divisionCommand,
      ),
    },
  ),
  on: fc.constantFrom(...days),
  /** Now and then takes back, or replaces, one of the stream's events. */
  target: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat(4) }),
  voids: fc.boolean(),
});
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

const refused = Symbol('refused');

/** Sends a command twice under one id. A refusal is an answer; anything else that is thrown is a defect. */
async function sendTwice(scene: Scene, { act: [stream, [command, data]], on, target, voids }: Action, at: number) {
  const corrects = target === undefined ? undefined : `${stream}.${target}`;
  const voiding = corrects !== undefined && voids;
  const [named, said] = voiding ? [VOID_COMMAND, { eventId: corrects, reason: 'a slip' }] : [command, data];
  const send = async () => {
    try {
      return (await scene.send(stream, named, said, on, { commandId: `r-${at}`, corrects })).events;
    } catch (error) {
      if (error instanceof CodedError && error.code !== 'E_EVENT_INVALID') return refused;
      throw error;
    }
  };
  const first = await send();
  if (first !== refused && first.length > 0) expect(await send()).toEqual(first);
}

function expectAgreement(log: readonly RecordedEvent[]): void {
  const village = aggregateNamed('village');
  invariant(village, 'there are villages');
  const rows = new RowsOf(villages, log);
  for (const id of rows.ids) {
    const known = log.filter(({ subjects }) => subjects.includes(streamOf('village', id)));
    for (const day of days) {
      const state = eventsAt(known, day, Number.MAX_SAFE_INTEGER).reduce(
        (before, event) => evolve(village, before, event, id) as VillageState,
        village.initial as VillageState,
      );
      expect(said(rows.one(id, day))).toEqual(folded(state));
    }
  }
}

/** What both say: whether it is listed, and all of its record. */
function said(row: VillageRow | null): unknown {
  if (row === null) return null;
  const { status, code: number, name: called, short_name, kind: of, is_virtual, urban_rural_class, ...place } = row;
  const record = { code: number, name: called, shortName: short_name, kind: of, isVirtual: is_virtual === 1 };
  return { isListed: status === 'LISTED', ...record, class: urban_rural_class, ...place };
}

function folded(state: VillageState): unknown {
  if (state.status === 'NONE') return null;
  const { record: known } = state;
  const isListed = state.status === 'LISTED';
  return { isListed, ...known, code: known.code ?? null, county: known.county ?? null, class: state.class ?? null };
}

describe('random commands, in any order of their days', () => {
  it('give a log whose every event replays, once a command, and whose read models say what the aggregates say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 8, maxLength: 24, size: 'max' }), async (actions) => {
        const scene = await given(...places, ...villagesListed);
        for (const [at, each] of actions.entries()) await sendTwice(scene, each, at);
        const log = await scene.log();
        for (const event of log) {
          const definition = eventCatalogue.get(event.type);
          expect(definition?.encode(event.data)).toEqual(event.data);
        }
        expectAgreement(log);
      }),
      { numRuns: 150 },
    );
  });
});
