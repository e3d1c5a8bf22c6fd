import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projections } from '../../projections/index.ts';
import { aggregates } from '../../src/domain/index.ts';
import type { CommandDefinition, EventDefinition } from '../../src/domain/vocabulary.ts';
import type { AnyAggregate } from '../../src/es/aggregate.ts';
import { CodedError } from '../../src/es/errors.ts';
import { aggregateOf, idOf, type RecordedEvent, streamOf } from '../../src/es/event.ts';
import { evolve } from '../../src/es/evolve.ts';
import { eventsAt } from '../../src/es/fold.ts';
import { by, committees, villageIds } from '../support/acts.ts';
import { arbitraryOf } from '../support/arbitrary-payload.ts';
import { given, type Scene } from '../support/given.ts';

const runs = 12;
const days = ['2016-12-01', '2018-12-29', '2019-06-01', '2020-06-30', '2021-05-06'];
/** Those whose streams are named by a village. */
const isOfVillage = ({ name, commands }: AnyAggregate) =>
  name !== 'person' && Object.values(commands as Record<string, CommandDefinition>).every(({ creates }) => !creates);

interface Attempt {
  readonly name: string;
  readonly id: string;
  readonly data: unknown;
  readonly day: string;
  readonly header: object;
  readonly isVoid: boolean;
}

function attempts(aggregate: AnyAggregate): fc.Arbitrary<readonly Attempt[]> {
  const own =
    aggregate.name === 'person' ? [`p_${'a'.repeat(24)}`, `p_${'b'.repeat(24)}`] : ['x_aaaaaaaa', 'x_bbbbbbbb'];
  const ids = isOfVillage(aggregate) ? [villageIds.villagers, villageIds.residents] : own;
  const others = ['x_aaaaaaaa', 'x_bbbbbbbb', 'x_cccccccc'];
  const one = fc.oneof(
    ...Object.entries(aggregate.commands as Record<string, CommandDefinition>).map(([name, { schema }]) =>
      fc.record({
        name: fc.constant(name),
        id: fc.constantFrom(...ids),
        data: arbitraryOf(schema, others, name),
        day: fc.constantFrom(...days),
        header: fc.constantFrom({}, by.township, by.county, by.prefecture, by.province, by.centre),
        isVoid: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
      }),
    ),
  );
  return fc.array(one, { minLength: 10, maxLength: 30, size: 'max' });
}

/** Sends an attempt twice; what is refused is refused in a code, and writes nothing. */
async function send(
  scene: Scene,
  aggregate: AnyAggregate,
  { name, id, data, day, header, isVoid }: Attempt,
  at: number,
) {
  const stream = streamOf(aggregate.name, id);
  const before = await scene.log();
  const last = before.findLast((event) => event.stream === stream);
  try {
    if (isVoid && last && 'EventVoided' in aggregate.events) return void (await scene.whenVoided(last.id));
    const twice = { ...header, commandId: `random-${at}` };
    // Payloads that break a rule over several fields are no commands.
    if (!aggregate.commands[name]?.schema.safeParse(data).success) return;
    await scene.when(stream, name, data, day, twice);
    const after = (await scene.log()).length;
    await scene.when(stream, name, data, day, twice);
    // A command that wrote nothing is not remembered: its repeat may be decided anew, but then writes nothing either.
    expect((await scene.log()).length).toBe(after);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    expect(error.code).not.toBe('E_EVENT_INVALID');
  }
}

function replay(log: readonly RecordedEvent[]): void {
  const streams = new Set(log.flatMap(({ subjects }) => subjects));
  for (const stream of streams) {
    const known = log.filter(({ subjects }) => subjects.includes(stream));
    for (const day of [...days, '2099-12-31']) {
      const held = eventsAt(known, day, Number.MAX_SAFE_INTEGER);
      const aggregate = aggregates.find(({ name }) => name === aggregateOf(stream));
      if (aggregate) held.reduce((state, event) => evolve(aggregate, state, event, idOf(stream)), aggregate.initial);
      for (const { entity, handlers } of projections) {
        if (entity !== aggregateOf(stream)) continue;
        held.reduce<ReturnType<Exclude<(typeof handlers)[string], 'ignore'>>>((row, event) => {
          const handler = handlers[event.type];
          return handler === undefined || handler === 'ignore' ? row : handler(row, event, idOf(stream));
        }, null);
      }
    }
  }
}

describe('every aggregate', () => {
  /** What no command writes has nothing to decide. */
  const decided = aggregates.filter(({ commands }) => Object.keys(commands).length > 0);

  it.each(decided.map((aggregate) => [aggregate.name, aggregate] as const))(
    'replays whatever random commands made it write, and writes a command once: %s',
    async (_, aggregate) => {
      await fc.assert(
        fc.asyncProperty(attempts(aggregate), async (all) => {
          const scene = await given(...committees);
          for (const [at, attempt] of all.entries()) await send(scene, aggregate, attempt, at);
          const log = await scene.log();
          for (const { type, data, schemaVersion } of log) {
            const definition = aggregate.events[type] as EventDefinition | undefined;
            definition?.decode(definition.encode(data), schemaVersion);
          }
          replay(log);
        }),
        { numRuns: runs },
      );
    },
  );
});
