/** Carrying out what was approved. It may be done again at any time and from several sides: the act's command has an id that
 *  follows from the proposal, and is found in its stream. */
import { findPersonalData } from '../domain/personal-data.ts';
import { proposal } from '../domain/proposal.ts';
import type { Command, Ledger, Receipt } from '../es/command.ts';
import { CodedError, type ErrorCode, errorCatalogue } from '../es/errors.ts';
import { idOf, type RecordedEvent, streamOf } from '../es/event.ts';
import { execute } from '../es/execute.ts';
import { type Act, commandOf, type Sent } from './derive/acts.ts';

interface Proposed {
  readonly act: Act;
  readonly target: string;
  readonly by: string;
  readonly correlationId: string;
}

/** What a proposal's stream says was proposed; undefined where it is empty. */
export function proposedIn(known: readonly RecordedEvent[]): Proposed | undefined {
  const event = known.find(({ type }) => type === 'ActProposed');
  if (!event) return undefined;
  const { command, target, input } = proposal.events.ActProposed.decode(event.data, event.schemaVersion);
  const act = { name: command, stream: target, input: JSON.parse(input) as Act['input'] };
  return { act, target, by: event.recordedBy, correlationId: event.correlationId };
}

/** Carries out what was approved and not yet done; nothing otherwise. All that came of the approval, in the log's order, each
 *  time the same. Errors: those of the store; the act's own refusal is no error but what the proposal came to. */
export async function settleProposal(ledger: Ledger, stream: string): Promise<Receipt> {
  const known = await ledger.store.readStream(stream);
  const approved = known.find(({ type }) => type === 'ProposalApproved');
  const proposed = proposedIn(known);
  const last = known.at(-1);
  if (!approved || !proposed) return { events: [], position: last?.position ?? 0, revision: last?.revision ?? -1 };
  const sent = actOf(proposed, approved);
  const outcome = outcomeOf(known);
  const written = await writtenBy(ledger, sent);
  // What was found refused on one node may have been carried out on another at the same moment.
  const isDone = outcome?.type === 'ProposalCarriedOut' || (outcome?.type === 'ProposalFailed' && written.length === 0);
  if (outcome && isDone) return receiptOf([approved, ...written, outcome], outcome);
  return carryOut(ledger, stream, approved, sent);
}

/** Streams of what was approved and not carried out: what a crash left. As far as it came where it is told to stop. */
export async function unsettledProposals(
  { store }: Pick<Ledger, 'store'>,
  stop?: AbortSignal,
): Promise<readonly string[]> {
  const { position: until } = await store.head();
  const found: string[] = [];
  // '.' is the character after '-'.
  const range = { from: streamOf(proposal.name, ''), before: `${proposal.name}.`, until };
  for await (const batch of store.readStreams(range)) {
    if (stop?.aborted) break;
    const done = new Set(batch.filter(({ type }) => type === 'ProposalCarriedOut').map(({ stream }) => stream));
    for (const { type, stream } of batch) if (type === 'ProposalApproved' && !done.has(stream)) found.push(stream);
  }
  return found;
}

/** Of two outcomes the last one holds. */
const outcomeOf = (known: readonly RecordedEvent[]): RecordedEvent | undefined =>
  known.findLast(({ type }) => outcomes.includes(type));
const outcomes: readonly string[] = ['ProposalCarriedOut', 'ProposalFailed'];

/** Both names, and the proposal, in the act's events. No client can make this commandId: a dot is none of its characters. */
function actOf({ act, by, correlationId }: Proposed, approved: RecordedEvent): Sent {
  return commandOf(act, {
    commandId: `${idOf(approved.stream)}.approved`,
    recordedBy: approved.recordedBy,
    proposedBy: by,
    correlationId,
    causationId: approved.id,
  });
}

const writtenBy = async ({ store }: Ledger, { command }: Sent): Promise<readonly RecordedEvent[]> =>
  (await store.readStream(command.stream)).filter(({ commandId }) => commandId === command.commandId);

async function carryOut(ledger: Ledger, stream: string, approved: RecordedEvent, sent: Sent): Promise<Receipt> {
  const { aggregate, command } = sent;
  const record = (name: string, data: object) =>
    execute(ledger, proposal, commandOn(stream, name, data, approved, command.correlationId));
  try {
    const { events } = await execute(ledger, aggregate, command);
    await record('carryOut', { eventIds: events.map(({ id }) => id) });
  } catch (error) {
    if (!isRefusal(error, command)) throw error;
    await record('fail', { code: error.code, message: plainMessage(error) });
  }
  return settleProposal(ledger, stream);
}

/** Refusals that are no answer to the act, but tell of the store or of a defect: it is carried out when that is mended. */
const passing: readonly ErrorCode[] = ['E_LOG_DAMAGED', 'E_EVENT_INVALID', 'E_EVENT_UNKNOWN', 'E_DUPLICATE_COMMAND'];

function isRefusal(error: unknown, { expectedRevision }: Command): error is CodedError {
  if (!(error instanceof CodedError) || errorCatalogue[error.code].retryable || passing.includes(error.code))
    return false;
  // Without an expected revision a conflict says only that others were quicker.
  return error.code !== 'E_STALE_REVISION' || expectedRevision !== undefined;
}

const messageCharsMax = 1_000;

/** The message as an event may keep it. */
function plainMessage({ code, message }: CodedError): string {
  const plain = message
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .slice(0, messageCharsMax);
  return plain.trim() === '' || findPersonalData(plain) ? errorCatalogue[code].means : plain;
}

function commandOn(
  stream: string,
  name: string,
  data: object,
  { id, recordedBy }: RecordedEvent,
  correlationId: string | undefined,
): Command {
  const commandId = `${idOf(stream)}.${name}`;
  return {
    ...{ name, stream, data, commandId, recordedBy, correlationId },
    effectiveOn: '9999-12-31',
    basis: [],
    causationId: id,
  };
}

const receiptOf = (events: readonly RecordedEvent[], { position, revision }: RecordedEvent): Receipt => ({
  events,
  position,
  revision,
});
