/** The way of an act through four eyes: proposed, approved, carried out. Each step is one append, and whoever comes after a step
 *  finds where the last one stopped: the order of the appends is what makes a crash between them harmless. */
import { proposalRefusals as no, proposal } from '../domain/proposal.ts';
import { canonicalJson } from '../es/canonical.ts';
import type { Command, Ledger, Receipt } from '../es/command.ts';
import { dryRun } from '../es/dry-run.ts';
import { invariant } from '../es/errors.ts';
import { type RecordedEvent, streamOf } from '../es/event.ts';
import { execute } from '../es/execute.ts';
import { type Act, commandOf } from './derive/acts.ts';
import { madeId, things } from './derive/things.ts';
import { proposedIn, settleProposal } from './settle-proposals.ts';

/** Who says something of a proposal, and as which command. */
export interface Saying {
  readonly commandId: string;
  readonly by: string;
  readonly note?: string;
}

/** A proposal's commands hold from the moment on which they come, whatever was dated before. */
const anyDay = '9999-12-31';

const idOfProposal = (commandId: string): string => madeId(things.proposal?.prefix ?? '', commandId);
const streamOfProposal = (id: string): string => streamOf(proposal.name, id);

/** Proposes an act; it is decided, and nothing of it is written. Errors: what the act would be refused with,
 *  `E_ALREADY_EXISTS` where it is so already, `E_DUPLICATE_COMMAND`. */
export async function propose(ledger: Ledger, act: Act, { commandId, by }: Saying): Promise<Receipt> {
  const id = idOfProposal(commandId);
  const stream = streamOfProposal(id);
  const { commandId: _, expiresOn, ...said } = act.input;
  const earlier = proposedIn(await ledger.store.readStream(stream));
  if (!earlier) {
    const { aggregate, command } = commandOf(act, { commandId, recordedBy: by });
    if ((await dryRun(ledger, aggregate, command)) === 0) no.ALREADY_SO();
  }
  // A village whose record was linked away since is still what the proposal was of.
  const target = earlier?.target ?? act.stream;
  const data = { command: act.name, target, input: canonicalJson(said), expiresOn };
  return execute(ledger, proposal, commandOn(stream, 'proposeAct', data, { commandId, by }));
}

/** Approves a proposal and carries it out. What is told is told before anything is written: what the proposal or the act is
 *  refused with now. Errors: `E_NOT_FOUND`, `E_FOUR_EYES`, `E_PROPOSAL_CLOSED`, `E_DUPLICATE_COMMAND`, and those of the act. */
export async function approve(ledger: Ledger, id: string, saying: Saying): Promise<Receipt> {
  const stream = streamOfProposal(id);
  const command = commandOn(stream, 'approve', {}, saying);
  const known = await ledger.store.readStream(stream);
  if (!known.some(({ commandId }) => commandId === saying.commandId)) {
    // An approval that a crash cut short is finished first: this one then finds the proposal closed.
    await settleProposal(ledger, stream);
    await dryRun(ledger, proposal, command);
    const proposed = proposedIn(known);
    invariant(proposed, 'an unknown proposal is refused');
    const sender = { commandId: saying.commandId, recordedBy: saying.by };
    const act = commandOf(proposed.act, sender);
    await dryRun(ledger, act.aggregate, act.command);
  }
  await execute(ledger, proposal, command);
  return settleProposal(ledger, stream);
}

/** Rejects a proposal. Errors: `E_NOT_FOUND`, `E_PROPOSAL_CLOSED`, `E_DUPLICATE_COMMAND`. */
export async function reject(ledger: Ledger, id: string, reason: string, saying: Saying): Promise<Receipt> {
  const stream = streamOfProposal(id);
  await settleProposal(ledger, stream);
  return execute(ledger, proposal, commandOn(stream, 'reject', { reason }, saying));
}

/** Who proposed it; null where there is no such proposal. */
export async function proposerOf({ store }: Pick<Ledger, 'store'>, id: string): Promise<string | null> {
  const known: readonly RecordedEvent[] = await store.readStream(streamOfProposal(id));
  return proposedIn(known)?.by ?? null;
}

function commandOn(stream: string, name: string, data: object, { commandId, by, note }: Saying): Command {
  return { name, stream, data, commandId, effectiveOn: anyDay, basis: [], note, recordedBy: by };
}
