/** One mutation a command of the catalogue: its input, its check, its way to the aggregate, and what it gives back. */
import { Arg, Ctx, InputType, Mutation, Resolver } from 'type-graphql';
import { z } from 'zod';
import { refusePersonalData } from '../../domain/act.ts';
import { corrections } from '../../domain/corrections.ts';
import { aggregateNamed, commandCatalogue } from '../../domain/index.ts';
import type { CommandDefinition } from '../../domain/vocabulary.ts';
import type { AnyAggregate } from '../../es/aggregate.ts';
import { type Command, VOID_COMMAND } from '../../es/command.ts';
import { CodedError, invariant } from '../../es/errors.ts';
import { aggregateOf, type Evidence, type LegalBasis, type LocalDate, parseEventId, streamOf } from '../../es/event.ts';
import { execute } from '../../es/execute.ts';
import { VOID_EVENT } from '../../es/fold.ts';
import type { RequestContext } from '../context.ts';
import { badInput } from '../input-error.ts';
import { checkWritable, type Payload, payloadOf } from '../payload.ts';
import { Scene } from '../scene.ts';
import { actedOn, commandHeader, voidHeader } from './header.ts';
import { madeId, things } from './things.ts';
import { type AnyClass, addFields, namedClass } from './types.ts';

/** Commands of programs: imports write their own events, in an order of their own. */
const internal: readonly string[] = ['startRosterImport', 'completeRosterImport', 'raiseIdentityReview'];

/** Aggregates whose mutations are written by hand, and whose events are never taken back: persons.ts. */
const byHand: readonly string[] = ['person', 'proposal'];

type Payloads = Readonly<Record<string, AnyClass>>;
type Data = Readonly<Record<string, unknown>>;
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
      (data, context) => run(context, aggregate, name, definition, checked.parse(data)),
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
    (data, context) => runVoid(context, checked.parse(data)),
  );
  return target;
}

const anyDay = '1900-01-01';

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

interface Header {
  readonly commandId: string;
  readonly effectiveOn?: LocalDate;
  readonly expectedRevision?: number;
  readonly basis?: readonly LegalBasis[];
  readonly evidence?: readonly Evidence[];
  readonly decidedBy?: Command['decidedBy'];
  readonly note?: string;
  readonly corrects?: string;
}

async function run(
  context: RequestContext,
  aggregate: AnyAggregate,
  name: string,
  definition: CommandDefinition,
  input: Data,
) {
  const thing = things[aggregate.name];
  invariant(thing, `commands of ${aggregate.name} act on something`);
  const own = Object.fromEntries(Object.entries(input).filter(([key]) => key in definition.shape));
  const header = input as unknown as Header;
  const id = definition.creates
    ? madeId(thing.prefix, header.commandId)
    : await actedOnId(context, aggregate.name, thing.field, String(input[thing.field]), header.commandId);
  const stream = streamOf(aggregate.name, id);
  const receipt = await execute(context.services.ledger, aggregate, {
    ...headerOf(header, context),
    name,
    stream,
    data: definition.decode(own, 1),
    effectiveOn: header.effectiveOn as LocalDate,
    corrects: header.corrects,
  });
  return payloadOf(context, thing.field === 'village' ? streamOf('village', id) : stream, thing.field, receipt);
}

async function runVoid(context: RequestContext, input: Data) {
  const { event, reason, ...header } = input as unknown as Header & { event: string; reason: string };
  const target = parseEventId(event);
  const aggregate = target && aggregateNamed(aggregateOf(target.stream));
  if (!aggregate) throw badInput(['input', 'event'], 'event: is not the id of an event.');
  if (!(aggregate.name in things)) {
    const message = byHand.includes(aggregate.name)
      ? 'What was done with personal data is never taken back.'
      : 'Events of imports are taken back by programs alone.';
    throw new CodedError('E_CORRECTION_TARGET', message, { eventId: event });
  }
  // A void passes no aggregate's guard.
  refusePersonalData({ ...headerOf(header, context), data: { reason } });
  const receipt = await execute(context.services.ledger, aggregate, {
    ...headerOf(header, context),
    name: VOID_COMMAND,
    stream: target.stream,
    data: { eventId: event, reason },
    // The void holds for the day of its target; what stands here is the same whenever the command is repeated.
    effectiveOn: anyDay,
    corrects: event,
  });
  return payloadOf(context, target.stream, 'subject', receipt);
}

const headerOf = (
  { commandId, expectedRevision, basis, evidence, decidedBy, note }: Header,
  { principal }: RequestContext,
) => ({
  commandId,
  expectedRevision,
  basis: basis ?? [],
  evidence,
  decidedBy,
  note,
  recordedBy: principal.id,
});

/** The id that a command acts on: an id whose record was linked away, on any day, leads to the village that took it over; but
 *  a repeat of what was sent before the link belongs to where it was sent. */
async function actedOnId(
  context: RequestContext,
  aggregate: string,
  field: string,
  id: string,
  commandId: string,
): Promise<string> {
  if (!/^[A-Za-z0-9_-]+$/.test(id)) throw badInput(['input', field], 'This is no id.');
  if (field !== 'village') return id;
  const { services, basis } = context;
  const keeper = Scene.at(context, { ...basis, effectiveOn: '9999-12-31' }).village(id)?.id ?? id;
  if (keeper === id) return id;
  const own = await services.store.readStream(streamOf(aggregate, id));
  return own.some((event) => event.commandId === commandId) ? id : keeper;
}
