/** From a mutation's checked input to a command on a stream. What is proposed now and approved later goes the same way twice. */
import { refusePersonalData } from '../../domain/act.ts';
import { aggregateNamed, commandCatalogue } from '../../domain/index.ts';
import type { AnyAggregate } from '../../es/aggregate.ts';
import { type Command, VOID_COMMAND } from '../../es/command.ts';
import { CodedError, invariant } from '../../es/errors.ts';
import { aggregateOf, type Evidence, type LegalBasis, type LocalDate, parseEventId, streamOf } from '../../es/event.ts';
import type { RequestContext } from '../context.ts';
import { badInput } from '../input-error.ts';
import { Scene } from '../scene.ts';
import type { Data } from './mutation.ts';
import { madeId, things } from './things.ts';

/** What somebody asks for: the command's name, the stream that it acts on or makes, and its checked input. */
export interface Act {
  readonly name: string;
  readonly stream: string;
  /** The header's fields and the command's own. */
  readonly input: Data;
}

/** Who sends an act, and as which command. */
export type Sender = Pick<Command, 'commandId' | 'recordedBy' | 'proposedBy' | 'correlationId' | 'causationId'>;

export interface Sent {
  readonly aggregate: AnyAggregate;
  readonly command: Command;
  /** Whether the command makes what it acts on. */
  readonly creates: boolean;
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

/** Aggregates whose mutations are written by hand, and whose events are never taken back: persons.ts, derive/proposals.ts. */
export const byHand: readonly string[] = ['person', 'proposal', 'access'];

/** A void holds for the day of its target; what stands here is the same whenever the command is repeated. */
const anyDay = '1900-01-01';

/** The act that an input asks for. Errors: `BAD_USER_INPUT` for what is no id, `E_CORRECTION_TARGET`. */
export async function actOf(context: RequestContext, name: string, input: Data): Promise<Act> {
  if (name === VOID_COMMAND) return { name, stream: voidedStream(String(input.event)), input };
  const { aggregate, definition, thing } = catalogued(name);
  const { commandId } = input as unknown as Header;
  const id = definition.creates
    ? madeId(thing.prefix, commandId)
    : await actedOnId(context, aggregate.name, thing.field, String(input[thing.field]), commandId);
  return { name, stream: streamOf(aggregate.name, id), input };
}

/** The command of an act. Throws a ZodError where the command's own fields break a rule over several. Errors:
 *  `E_PERSONAL_DATA_IN_EVENT` for a void, which passes no aggregate's guard. */
export function commandOf({ name, stream, input }: Act, sender: Sender): Sent {
  const header = input as unknown as Header;
  const { expectedRevision, basis = [], evidence, decidedBy, note } = header;
  const sent = { expectedRevision, basis, evidence, decidedBy, note, ...sender, name, stream };
  if (name === VOID_COMMAND) {
    const aggregate = aggregateNamed(aggregateOf(stream));
    invariant(aggregate, 'a void’s stream is an aggregate’s');
    const { event, reason } = input as { event: string; reason: string };
    refusePersonalData({ ...sent, data: { reason } });
    const command = { ...sent, data: { eventId: event, reason }, effectiveOn: anyDay, corrects: event };
    return { aggregate, command, creates: false };
  }
  const { aggregate, definition } = catalogued(name);
  const own = Object.fromEntries(Object.entries(input).filter(([key]) => key in definition.shape));
  const { effectiveOn, corrects } = header;
  const command = { ...sent, data: definition.decode(own, 1), effectiveOn: effectiveOn as LocalDate, corrects };
  return { aggregate, command, creates: definition.creates };
}

/** What a mutation's payload shows: the stream of the thing, and the field that bears it. */
export function shownOf({ name, stream }: Act): { readonly stream: string; readonly field: string } {
  if (name === VOID_COMMAND) return { stream, field: 'subject' };
  const { field } = catalogued(name).thing;
  const id = stream.slice(stream.indexOf('-') + 1);
  return { stream: field === 'village' ? streamOf('village', id) : stream, field };
}

function catalogued(name: string) {
  const known = commandCatalogue.get(name);
  const thing = known && things[known.aggregate.name];
  invariant(known && thing, `${name} acts on something`);
  return { ...known, thing };
}

/** The stream of the event that is to be taken back. */
function voidedStream(event: string): string {
  const target = parseEventId(event);
  const aggregate = target && aggregateNamed(aggregateOf(target.stream));
  if (!aggregate) throw badInput(['input', 'event'], 'event: is not the id of an event.');
  if (byHand.includes(aggregate.name)) {
    const message = 'What was done with personal data, looked at or approved is never taken back.';
    throw new CodedError('E_CORRECTION_TARGET', message, { eventId: event });
  }
  if (!(aggregate.name in things)) {
    throw new CodedError('E_CORRECTION_TARGET', 'Events of imports are taken back by programs alone.', {
      eventId: event,
    });
  }
  return target.stream;
}

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
