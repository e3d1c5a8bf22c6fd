/** `--role` and `--within`: what a token or a key is given. */
import type { Command } from 'commander';
import { grantOf } from '../access/grant-text.ts';
import { type Grant, roles } from '../access/principal.ts';
import { findPersonalData } from '../domain/personal-data.ts';
import { DivisionCode } from '../domain/scalars.ts';

export interface GrantOptions {
  readonly role: readonly string[];
  readonly within?: string;
}

const collect = (text: string, before: readonly string[]): readonly string[] => [...before, ...text.split(',')];

/** Adds the options to a command. */
export const addGrantOptions = (command: Command): Command =>
  command
    .option(
      '--role <role>',
      `${roles.join(', ')}; several by commas or by --role again, each with a division of its own as clerk:440118102`,
      collect,
      [],
    )
    .option('--within <code>', 'division of the roles that have none of their own; left out, they are over everything');

/** The grants that the options give; ends the command where they give none, or what is no role or no code. */
export function grantsOf(command: Command, { role: texts, within }: GrantOptions): Grant[] {
  if (texts.length === 0) command.error(`error: --role takes ${roles.join(', ')}.`);
  if (within !== undefined && !DivisionCode.safeParse(within).success) {
    command.error('error: --within takes the code of a division, 2, 4, 6 or 9 digits.');
  }
  return texts.map((text) => {
    const grant = grantOf(text.trim());
    if (!grant) return command.error(`error: --role takes ${roles.join(', ')}, each with or without a division.`);
    return grant.within === null ? { ...grant, within: within ?? null } : grant;
  });
}

/** Ends the command where a name that will stand in the log speaks of a person. */
export function refusePersonalName(command: Command, name: string): void {
  if (name.includes('@') || findPersonalData(name)) {
    command.error('error: --name looks like personal data; it stands in the log for ever.');
  }
}
