/** Which acts take effect only when a second person approves them: what changes money or a right of many, what takes a fact back,
 *  and what says that two records are one village. Imports, facts files and simulations are no persons: they are not held to it. */
import { VOID_COMMAND } from '../es/command.ts';
import { disclosureStandard } from './disclosure-standard.ts';
import { standardCommands } from './standard-catalogue.ts';

/** Of retired cadres: collecting, verifying and posting prepare the decision, which is what these are. */
const ofAllowances = [
  'approveRetirementAllowance',
  'refuseRetirementAllowance',
  'suspendRetirementAllowance',
  'resumeRetirementAllowance',
  'ceaseRetirementAllowance',
  'recomputeRetirementAllowance',
];
/** A review is resolved as one village by a link that names it. */
const ofIdentity = ['linkVillages', 'unlinkVillage'];

const held: ReadonlySet<string> = new Set([
  ...Object.keys(standardCommands),
  ...Object.keys(disclosureStandard.commands),
  ...ofAllowances,
  ...ofIdentity,
  VOID_COMMAND,
]);

/** Whether a command, by its name, is proposed by one person and approved by another. */
export const needsFourEyes = (command: string): boolean => held.has(command);
