/** One mutation a command of the catalogue: its input, its check, its way to the aggregate, and what it gives back. */
import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import { z } from 'zod';
import { corrections } from '../../domain/corrections.ts';
import { commandCatalogue } from '../../domain/index.ts';
import { VOID_COMMAND } from '../../es/command.ts';
import { invariant } from '../../es/errors.ts';
import { execute } from '../../es/execute.ts';
import { VOID_EVENT } from '../../es/fold.ts';
import type { RequestContext } from '../context.ts';
import { badInput } from '../input-error.ts';
import { checkWritable, type Payload, payloadOf } from '../payload.ts';
import { actOf, byHand, commandOf, type Data, shownOf } from './acts.ts';
import { actedOn, commandHeader, voidHeader } from './header.ts';
import { things } from './things.ts';
import { type AnyClass, addFields, namedClass } from './types.ts';

/** Commands of programs: imports write their own events, in an order of their own. */
const internal: readonly string[] = ['startRosterImport', 'completeRosterImport', 'raiseIdentityReview'];

type Payloads = Readonly<Record<string, AnyClass>>;
type Handler = (data: Data, context: RequestContext) => Promise<Payload>;

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
    const checked = z.strictObject({ ...header, ...withUnknown(definition.shape) });
    addMutation(
      target,
      name,
      `${definition.description} ${refusals}`,
      { ...header, ...definition.shape },
      payloads[aggregate.name],
      (data, context) => run(context, name, checked.parse(data)),
    );
  }
  const header = { ...voidHeader, event: actedOn('Id of the event that no longer holds. Voiding a void reinstates.') };
  const own = { reason: corrections[VOID_EVENT].shape.reason };
  const checked = z.strictObject({ ...header, ...own });
  addMutation(
    target,
    VOID_COMMAND,
    `Take an event back: from now on nothing rests on it. ${refusals}`,
    { ...header, ...own },
    payloads[VOID_COMMAND],
    (data, context) => run(context, VOID_COMMAND, checked.parse(data)),
  );
  return target;
}

const refusals =
  'Null with an error where it is refused: BAD_USER_INPUT, E_STALE_REVISION, E_DUPLICATE_COMMAND, FORBIDDEN and the domain’s E_… codes.';

/** The command's own fields are checked by its definition, whose rule reaches over several. */
const withUnknown = (shape: z.ZodRawShape): z.ZodRawShape =>
  Object.fromEntries(Object.keys(shape).map((key) => [key, z.unknown().optional()]));

/** Declares a mutation on a resolver class: its input from the shape, refused where nothing may be written. */
export function addMutation(
  target: AnyClass,
  name: string,
  description: string,
  shape: z.ZodRawShape,
  payload: AnyClass | undefined,
  handle: Handler,
): void {
  invariant(payload, `${name} has a payload type`);
  const inputName = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const input = namedClass(inputName);
  InputType(inputName, { description: `What ${name} takes.` })(input);
  addFields(input, shape, 'input', inputName);
  const prototype = target.prototype as Record<string, unknown>;
  prototype[name] = async (given: object, context: RequestContext): Promise<Payload> => {
    checkWritable(context);
    try {
      return await handle(withoutNulls(given) as Data, context);
    } catch (error) {
      throw error instanceof z.ZodError ? inputError(error) : error;
    }
  };
  Mutation(() => payload, { nullable: true, description })(prototype, name, {});
  Arg('input', () => input, { description: 'What is asked for.' })(prototype, name, 0);
  Ctx()(prototype, name, 1);
}

/** Plain objects without nulls: a field of null is a field that was left out. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const given = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return Object.fromEntries(given.map(([key, each]) => [key, withoutNulls(each)]));
}

function inputError(error: z.ZodError) {
  const [issue] = error.issues;
  const path = (issue?.path ?? []).map((step) => (typeof step === 'number' ? step : String(step)));
  return badInput(['input', ...path], `${path.join('.') || 'The input'}: ${issue?.message ?? 'is not valid'}.`);
}

async function run(context: RequestContext, name: string, input: Data): Promise<Payload> {
  const act = await actOf(context, name, input);
  const sender = { commandId: String(input.commandId), recordedBy: context.principal.id };
  const { aggregate, command } = commandOf(act, sender);
  const receipt = await execute(context.services.ledger, aggregate, command);
  const { stream, field } = shownOf(act);
  return payloadOf(context, stream, field, receipt);
}
