/** The check on access of every act: before it is looked at, decided or told anything of. What the law reserves to a level is
 *  the domain's refusal, E_NOT_AUTHORIZED; who may type it in is decided here. */
import type { Right } from '../access/may.ts';
import type { Command } from '../es/command.ts';
import type { RequestContext } from './context.ts';
import { placesOfCommand } from './places.ts';
import { Rights } from './rights.ts';

/** Whether who asks has a right over all that a command acts on, as it lies today; `creates`: what it makes lies where its own
 *  fields say. What lies in no division is covered by grants over everything. A village that is transferred is covered where it
 *  lies now. Errors: `UNAUTHENTICATED`, `FORBIDDEN`: the same whether the thing is there or not. */
export function needOver(
  context: RequestContext,
  right: Right,
  command: Pick<Command, 'stream' | 'data' | 'effectiveOn' | 'decidedBy'>,
  creates: boolean,
): void {
  const rights = Rights.of(context);
  rights.needAll(right, placesOfCommand(rights.scene, command.stream, creates, command));
}
