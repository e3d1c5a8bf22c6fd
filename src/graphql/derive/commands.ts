/** One mutation a command of the catalogue: its input, its check, its way to the aggregate, and what it gives back. */
import { Resolver } from 'type-graphql';
import { z } from 'zod';
import { corrections } from '../../domain/corrections.ts';
import { needsFourEyes } from '../../domain/four-eyes.ts';
import { commandCatalogue } from '../../domain/index.ts';
import { VOID_COMMAND } from '../../es/command.ts';
import { invariant } from '../../es/errors.ts';
import { execute } from '../../es/execute.ts';
import { VOID_EVENT } from '../../es/fold.ts';
import type { RequestContext } from '../context.ts';
import { needOver } from '../need-over.ts';
import { type Payload, payloadOf } from '../payload.ts';
import { actOf, byHand, commandOf, shownOf } from './acts.ts';
import { actedOn, commandHeader, voidHeader } from './header.ts';
import { addMutation, type Data } from './mutation.ts';
import { addDeciding, addProposing, type ProposableAct } from './proposals.ts';
import { things } from './things.ts';
import { type AnyClass, namedClass } from './types.ts';

/** Commands of programs: imports write their own events, in an order of their own. */
const internal: readonly string[] = ['startRosterImport', 'completeRosterImport', 'raiseIdentityReview'];

type Payloads = Readonly<Record<string, AnyClass>>;

/** Makes the mutations as one resolver class. `payloads`: the payload type of each aggregate, and of `voidEvent`. */
export function deriveCommands(payloads: Payloads): AnyClass {
  const target = namedClass('CommandMutations');
  Resolver()(target);
  for (const [name, { aggregate, definition }] of commandCatalogue) {
    if (internal.includes(name) || byHand.includes(aggregate.name)) continue;
    const thing = things[aggregate.name];
    invariant(thing, `commands of ${aggregate.name} act on something`);
    const acted = definition.creates ? {} : { [thing.field]: actedOn(thing.what) };
    const header = { ...commandHeader, ...acted };
    const clash = Object.keys(definition.shape).find((field) => field in header);
    if (clash) throw new Error(`${name}.${clash} has the name of a field of every command`);
    const shape = { ...header, ...definition.shape };
    const checked = { ...header, ...withUnknown(definition.shape) };
    declare(target, { name, description: definition.description, shape, checked, payload: payloads[aggregate.name] });
  }
  const header = { ...voidHeader, event: actedOn('Id of the event that no longer holds. Voiding a void reinstates.') };
  const shape = { ...header, reason: corrections[VOID_EVENT].shape.reason };
  const description = 'Take an event back: from now on nothing rests on it.';
  declare(target, { name: VOID_COMMAND, description, shape, checked: shape, payload: payloads[VOID_COMMAND] });
  addDeciding(target);
  return target;
}

/** The mutation that sends a command; where it needs four eyes, the one that proposes it. */
function declare(target: AnyClass, act: ProposableAct): void {
  if (needsFourEyes(act.name)) {
    addProposing(target, act);
    return;
  }
  const { name, description, shape, payload } = act;
  const checked = z.strictObject(act.checked);
  addMutation(target, name, `${description} ${refusals}`, shape, payload, (data, context) =>
    run(context, name, checked.parse(data)),
  );
}

const refusals =
  'Null with an error where it is refused: BAD_USER_INPUT, E_STALE_REVISION, E_DUPLICATE_COMMAND, FORBIDDEN and the domain’s E_… codes.';

/** The command's own fields are checked by its definition, whose rule reaches over several. */
const withUnknown = (shape: z.ZodRawShape): z.ZodRawShape =>
  Object.fromEntries(Object.keys(shape).map((key) => [key, z.unknown().optional()]));

async function run(context: RequestContext, name: string, input: Data): Promise<Payload> {
  const act = await actOf(context, name, input);
  const sender = { commandId: String(input.commandId), recordedBy: context.principal.id };
  const { aggregate, command, creates } = commandOf(act, sender);
  needOver(context, 'record', command, creates);
  const receipt = await execute(context.services.ledger, aggregate, command);
  const { stream, field } = shownOf(act);
  return payloadOf(context, stream, field, receipt);
}
