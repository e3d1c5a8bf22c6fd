/** A life: what one village, county or province does over the years, as commands on days. */
import type { DivisionView } from '../domain/world.ts';
import { type Command, VOID_COMMAND } from '../es/command.ts';
import type { Authority, RecordedEvent } from '../es/event.ts';
import { dayOf } from './calendar.ts';

/** A command before it gets its id and what all commands of a simulation say. */
export type Draft = Pick<Command, 'name' | 'stream' | 'data' | 'effectiveOn' | 'corrects' | 'decidedBy' | 'basis'>;

/** A command and the day on which a clerk enters it: its own day, or a later one where the record comes late. */
export interface Step {
  /** Days after the first simulated day. */
  readonly on: number;
  readonly draft: Draft;
}

/** What a command came to: its events, none where it was already so, null where it was refused. */
export type Outcome = readonly RecordedEvent[] | null;

/** Tells its next step, and is told what came of it before it tells another. */
export type Life = Generator<Step, void, Outcome>;

/** Makes the steps of one stream, whose acts rest on one document. `on` is the day of entry, `effective` that of the act where
 *  it is an earlier one, `corrects` the event in whose place the new one stands. */
export const stepsOn =
  (stream: string, basis: Draft['basis']) =>
  (
    on: number,
    name: string,
    data: unknown,
    header: Pick<Draft, 'decidedBy' | 'corrects'> & { effective?: number } = {},
  ): Step => {
    const { decidedBy, corrects, effective = on } = header;
    return { on, draft: { name, stream, data, effectiveOn: dayOf(effective), basis, decidedBy, corrects } };
  };

/** A clerk's slip, taken back some days later. */
export const voidedOn = (on: number, { id, stream }: RecordedEvent): Step => {
  const data = { eventId: id, reason: '模拟：误录' };
  return { on, draft: { name: VOID_COMMAND, stream, data, effectiveOn: dayOf(on), corrects: id, basis: undocumented } };
};

/** An act that rests on no document, and why. */
export const undocumented: Command['basis'] = [{ unknownBecause: '模拟' }];

/** A document that exists in the simulation alone. */
export const simulatedDocument = (title: string): Command['basis'] => [{ title: `模拟文件：${title}` }];

const organs = { PROVINCE: '民政厅', PREFECTURE: '民政局', COUNTY: '民政局', TOWNSHIP: '人民政府' };

/** The organ of a division that decides. */
export const organOf = ({ code, name, level }: DivisionView): Authority => ({
  level,
  division: code,
  organ: `${name}${organs[level]}`,
});
