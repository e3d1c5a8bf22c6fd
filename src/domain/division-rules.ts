/** Rules on what a clerk states of a division. */
import type { DecisionContext } from '../es/aggregate.ts';
import { refuse } from './refuse.ts';
import type { IdentityRule } from './scalars.ts';
import type { DivisionView, World } from './world.ts';

type Context = DecisionContext<World>;
type Level = DivisionView['level'];

const codeLengths: Readonly<Record<Level, number>> = { PROVINCE: 2, PREFECTURE: 4, COUNTY: 6, TOWNSHIP: 9 };

/** What may stand above a level: a township lies right in its prefecture in 东莞 and 中山. */
const levelsAbove: Readonly<Record<Level, readonly Level[]>> = {
  PROVINCE: [],
  PREFECTURE: ['PROVINCE'],
  COUNTY: ['PREFECTURE'],
  TOWNSHIP: ['COUNTY', 'PREFECTURE'],
};

/** True where a record is an edition's, and the rule is named by which it was recognised: it is then taken as it stands. */
export const isOfEdition = ({ edition, rule }: { readonly edition?: number; readonly rule?: IdentityRule }): boolean =>
  edition !== undefined && rule !== undefined;

/** Holds a record that a clerk enters to its level. Errors: `E_CODE_BAND`, `E_CODE_TAKEN`, `E_DIVISION_UNKNOWN`. */
export function checkDivision(
  { code, level, parent }: { readonly code: string; readonly level: Level; readonly parent?: string },
  context: Context,
): void {
  if (code.length !== codeLengths[level])
    refuse('E_CODE_BAND', `${code} is not of level ${level}.`, { divisionCode: code });
  checkCodeFree(code, context);
  const above = parent === undefined ? null : context.world.division(parent, context.effectiveOn);
  const fits = level === 'PROVINCE' ? parent === undefined : above !== null && levelsAbove[level].includes(above.level);
  if (!fits) {
    refuse('E_DIVISION_UNKNOWN', `A division of level ${level} cannot stand there on ${context.effectiveOn}.`, {
      division: parent,
    });
  }
}

/** Refuses a code that another division carries on the day. Errors: `E_CODE_TAKEN`. */
export function checkCodeFree(code: string, { world, effectiveOn, self }: Context): void {
  const holder = world.divisionByCode(code, effectiveOn);
  if (holder && holder.id !== self)
    refuse('E_CODE_TAKEN', `Another division carries ${code}.`, { division: holder.id });
}
