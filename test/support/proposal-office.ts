/** A log in a folder, and a proposal in it that waits: for tests of what is done with it, and of what a crash leaves. */
import { aggregateNamed } from '../../src/domain/index.ts';
import type { Command, Ledger } from '../../src/es/command.ts';
import { invariant } from '../../src/es/errors.ts';
import { aggregateOf, type RecordedEvent } from '../../src/es/event.ts';
import { execute } from '../../src/es/execute.ts';
import type { EventStore } from '../../src/es/store.ts';
import { propose } from '../../src/graphql/proposal-flow.ts';
import { places, streams, xiawei } from './hamlet-county.ts';
import { openLog } from './open-log.ts';
import { tempFolder } from './temp-folder.ts';
import { worldOf } from './world.ts';

const stream = streams.xiawei;
/** The event that is to be taken back. */
export const slip = `${stream}.1`;
/** What is proposed. */
export const act = { name: 'voidEvent', stream, input: { commandId: 'void-1', event: slip, reason: 'a slip' } };
export const proposing = { commandId: 'void-1', by: 'clerk-1' };
export const approving = { commandId: 'approve-1', by: 'approver-1', note: 'looked at' };

/** A log in a folder, and the proposal in it. */
export class Office {
  today = '2024-06-01';
  readonly dir = tempFolder();
  store: EventStore = this.open();
  id = '';
  private told = 0;

  private open(): EventStore {
    return openLog(this.dir);
  }

  /** As a process that starts anew sees it. */
  async restart(): Promise<void> {
    await this.store.close();
    this.store = this.open();
  }

  async ledger(store = this.store): Promise<Ledger> {
    return { store, today: () => this.today, world: worldOf(await this.log()) };
  }

  log(): Promise<readonly RecordedEvent[]> {
    return this.store.readLog({ limit: 1_000 });
  }

  async types(of: string): Promise<string[]> {
    return (await this.store.readStream(of)).map(({ type }) => type);
  }

  /** Executes a command at once, as a program does. */
  async tell(of: string, name: string, data: object, header: Partial<Command> = {}): Promise<void> {
    const aggregate = aggregateNamed(aggregateOf(of));
    invariant(aggregate, `an aggregate has ${of}`);
    this.told += 1;
    const command = { name, stream: of, data, basis: [], recordedBy: 'import', commandId: `told-${this.told}` };
    await execute(await this.ledger(), aggregate, { ...command, effectiveOn: '2020-01-01', ...header });
  }

  /** Takes an event of the village back, as a program does. */
  voidAtOnce(eventId: string): Promise<void> {
    return this.tell(stream, 'voidEvent', { eventId, reason: 'at once' }, { corrects: eventId });
  }
}

/** A village that was renamed by a slip, and a proposal to take that back. */
export async function openOffice(): Promise<Office> {
  const office = new Office();
  for (const { stream: of, data } of places) {
    await office.tell(of, 'listDivision', data as object, { effectiveOn: '2016-07-31' });
  }
  await office.tell(stream, 'listVillage', xiawei, { effectiveOn: '2018-01-01' });
  await office.tell(stream, 'renameVillage', { name: '下围村' });
  const { events } = await propose(await office.ledger(), act, proposing);
  office.id = events[0]?.stream.slice('proposal-'.length) ?? '';
  return office;
}
