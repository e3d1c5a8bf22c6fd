/** A life: what one village, county or province does over the years, as commands on days. */
import type { DivisionView } from '../domain/world.ts';
import type { Command } from '../es/command.ts';
import type { Authority, RecordedEvent } from '../es/event.ts';

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
