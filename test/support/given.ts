/** Given facts, when a command, then facts or a refusal: the grammar of the aggregates' tests, through the real kernel. */
import { aggregateNamed, catalogues, eventCatalogue } from '../../src/domain/index.ts';
import { type Command, type Receipt, VOID_COMMAND } from '../../src/es/command.ts';
import { invariant } from '../../src/es/errors.ts';
import { aggregateOf, type LocalDate, type RecordedEvent } from '../../src/es/event.ts';
import { execute } from '../../src/es/execute.ts';
import type { EventStore } from '../../src/es/store.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { worldOf } from './world.ts';

export const today = '2021-05-06';

/** A fact of one entity's stream. */
export interface Told {
  readonly stream: string;
  readonly type: string;
  readonly effectiveOn: LocalDate;
  readonly data: unknown;
}

/** What a test says of an event: its type, its day and its payload. */
export type Fact = Omit<Told, 'stream'>;

type Header = Partial<
  Pick<Command, 'commandId' | 'corrects' | 'expectedRevision' | 'note' | 'basis' | 'evidence' | 'decidedBy'>
>;

/** A basis that every act takes: no document is known. */
export const undocumented = [{ unknownBecause: 'a test' }];

/** A log, and commands on it. */
export class Scene {
  private commands = 0;

  constructor(readonly store: EventStore) {}

  /** The facts that a command adds to the log. Rejects with its refusal. */
  async when(
    stream: string,
    name: string,
    data: unknown,
    effectiveOn: LocalDate,
    header: Header = {},
  ): Promise<Fact[]> {
    const { events } = await this.send(stream, name, data, effectiveOn, header);
    return events.map(({ type, effectiveOn: on, data: said }) => ({ type, effectiveOn: on, data: said }));
  }

  /** Takes an event back. */
  async whenVoided(eventId: string): Promise<Fact[]> {
    const stream = eventId.slice(0, eventId.lastIndexOf('.'));
    return this.when(stream, VOID_COMMAND, { eventId, reason: 'a slip' }, today, { corrects: eventId });
  }

  async send(
    stream: string,
    name: string,
    data: unknown,
    effectiveOn: LocalDate,
    header: Header = {},
  ): Promise<Receipt> {
    const aggregate = aggregateNamed(aggregateOf(stream));
    invariant(aggregate, `an aggregate has ${stream}`);
    this.commands += 1;
    const command = {
      name,
      stream,
      data,
      effectiveOn,
      commandId: `c-${this.commands}`,
      basis: undocumented,
      recordedBy: 'test',
    };
    const ledger = { store: this.store, today: () => today, world: worldOf(await this.log()) };
    const receipt = await execute(ledger, aggregate, { ...command, ...header });
    for (const event of receipt.events) checkSubjects(event);
    return receipt;
  }

  log(): Promise<readonly RecordedEvent[]> {
    return this.store.readLog({ limit: 10_000 });
  }
}

/** An aggregate's events may name only what its entry in the catalogue says: read models rely on it. */
function checkSubjects({ stream, subjects }: RecordedEvent): void {
  const own = aggregateOf(stream);
  const { names } = catalogues[own as keyof typeof catalogues];
  const allowed: readonly string[] = [own, 'basis', ...names];
  for (const subject of subjects) invariant(allowed.includes(aggregateOf(subject)), `${own} may name ${subject}`);
}

/** A log that holds the facts, each as if recorded by a command of its own, in their order. */
export async function given(...facts: readonly Told[]): Promise<Scene> {
  let now = 0;
  const store = new MemoryStore({ now: () => ++now, identity: { id: 'test', kind: 'simulated' } });
  for (const [at, { stream, type, effectiveOn, data }] of facts.entries()) {
    const definition = eventCatalogue.get(type);
    invariant(definition, `the catalogue knows ${type}`);
    const encoded = definition.encode(data);
    const commandId = `given-${at}`;
    await store.append(
      stream,
      [
        {
          type,
          schemaVersion: definition.version,
          effectiveOn,
          subjects: [...new Set([stream, ...(definition.subjects?.(encoded as never) ?? [])])],
          data: encoded,
          recordedBy: 'test',
          basis: [],
          commandId,
          commandHash: '',
          correlationId: commandId,
        },
      ],
      'any',
    );
  }
  return new Scene(store);
}
