/** Cells that a spreadsheet shows and does not run. */
import { nameKey } from '../../es/name-key.ts';

const number = /^[+-]?\d+(\.\d+)?$/;
const beginsFormula = /^[=+\-@\t\r]/;

/** The value as a cell: numbers as they are, also where they come as text; a text that a spreadsheet would take for a formula, in
 *  whatever width it is written and whatever unseen or blank stands before, with an apostrophe that makes it text. */
export function safeCell(value: unknown): unknown {
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'object' && value !== null) return safeCell(JSON.stringify(value));
  if (typeof value !== 'string' || number.test(value)) return value;
  return beginsFormula.test(value) || beginsFormula.test(nameKey(value)) ? `'${value}` : value;
}
