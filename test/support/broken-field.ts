/** The field for which a command's own shape or rule refuses its data, before anything is decided. */
import type { CommandDefinition } from '../../src/domain/vocabulary.ts';

/** Path of the first field that is refused; null where the data is taken. */
export function brokenField(command: Pick<CommandDefinition, 'schema'>, data: object): string | null {
  const [issue] = command.schema.safeParse(data).error?.issues ?? [];
  return issue === undefined ? null : issue.path.join('.');
}
