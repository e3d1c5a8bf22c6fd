/** Mutations of four eyes: `propose…` for each command that needs them, and `approve` and `reject`. */
import { z } from 'zod';
import { proposalRefusals as no, proposal, proposalDaysDefault, proposalDaysMax } from '../../domain/proposal.ts';
import { LocalDate } from '../../domain/scalars.ts';
import type { Receipt } from '../../es/command.ts';
import { streamOf } from '../../es/event.ts';
import type { RequestContext } from '../context.ts';
import { needOver } from '../need-over.ts';
import { type Payload, payloadOf } from '../payload.ts';
import { placesOfStream } from '../places.ts';
import { approve, propose, proposerOf, reject } from '../proposal-flow.ts';
import { ProposalPayload } from '../proposal-payload.ts';
import { Rights } from '../rights.ts';
import { actOf, commandOf } from './acts.ts';
import { actedOn, voidHeader } from './header.ts';
import { addMutation, addMutationOf, capitalised, type Data, inputClass } from './mutation.ts';
import { things } from './things.ts';
import type { AnyClass } from './types.ts';

/** A command that may have to be proposed. */
export interface ProposableAct {
  readonly name: string;
  readonly description: string;
  /** Fields of its input. */
  readonly shape: z.ZodRawShape;
  /** The same as they are checked before the command itself is. */
  readonly checked: z.ZodRawShape;
  /** Of the mutation that sends it. */
  readonly payload: AnyClass | undefined;
}

const expiry = {
  expiresOn: LocalDate.optional().describe(
    `Last day on which it can be approved, at most ${proposalDaysMax} days ahead; ${proposalDaysDefault} days from today where it is left out.`,
  ),
};
const refusals =
  'Null with an error where it is refused: BAD_USER_INPUT, E_DUPLICATE_COMMAND, FORBIDDEN and the domain’s E_… codes.';

/** Declares `propose…` for a command, and the command's own mutation, which refuses and says where to go. Throws where a field of
 *  the command has the name of one of the proposal's. */
export function addProposing(target: AnyClass, { name, description, shape, checked, payload }: ProposableAct): void {
  if ('expiresOn' in shape) throw new Error(`${name}.expiresOn has the name of a field of every proposal`);
  const proposing = `propose${capitalised(name)}`;
  const input = inputClass(name, { ...shape, ...expiry });
  const check = z.strictObject({ ...checked, ...expiry });
  addMutationOf(
    target,
    {
      ...{ name, input, payload },
      description: `${description} It needs two persons: always null with the error E_FOUR_EYES.`,
      deprecationReason: `Send ${proposing}, and let another person approve it.`,
    },
    async () => no.DIRECT(`${name} needs two persons: send ${proposing}, and let another approve it.`, { proposing }),
  );
  addMutationOf(
    target,
    {
      ...{ name: proposing, input, payload: ProposalPayload },
      description: `Propose: ${description} It takes effect when another person approves it, and shows nowhere but in \`proposals\` before. What it makes has the id that follows from the commandId. It is decided as if it were sent, and refused with the same codes; E_ALREADY_EXISTS where it is so already. ${refusals}`,
    },
    (data, context) => sendProposal(context, name, check.parse(data)),
  );
}

const acted = { proposal: actedOn(things.proposal?.what ?? '') };
const inputs = {
  approve: { commandId: voidHeader.commandId, ...acted, note: voidHeader.note },
  reject: { commandId: voidHeader.commandId, ...acted, ...proposal.commands.reject.shape },
};
const checked = { approve: z.strictObject(inputs.approve), reject: z.strictObject(inputs.reject) };

/** Declares `approve` and `reject`. */
export function addDeciding(target: AnyClass): void {
  addMutation(
    target,
    'approve',
    `${proposal.commands.approve.description} Both names stand in its events. What is refused now is told, and nothing is written: E_FOUR_EYES to who proposed it, E_PROPOSAL_CLOSED where it was decided or is over, and the codes of the act itself. ${refusals}`,
    inputs.approve,
    ProposalPayload,
    async (data, context) => {
      const { proposal: id, commandId, note } = checked.approve.parse(data);
      needOverProposal(context, 'approve', id);
      const { ledger } = context.services;
      return answer(context, id, await approve(ledger, id, { commandId, note, by: context.principal.id }));
    },
  );
  addMutation(
    target,
    'reject',
    `${proposal.commands.reject.description} E_PROPOSAL_CLOSED where it was decided or is over. ${refusals}`,
    inputs.reject,
    ProposalPayload,
    async (data, context) => {
      const { proposal: id, commandId, reason } = checked.reject.parse(data);
      const { ledger } = context.services;
      const by = context.principal.id;
      const isOwn = (await proposerOf(ledger, id)) === by;
      needOverProposal(context, isOwn ? 'record' : 'approve', id);
      return answer(context, id, await reject(ledger, id, reason, { commandId, by }));
    },
  );
}

async function sendProposal(context: RequestContext, name: string, input: Data): Promise<Payload> {
  const act = await actOf(context, name, input);
  const saying = { commandId: String(input.commandId), by: context.principal.id };
  const { command, creates } = commandOf(act, { commandId: saying.commandId, recordedBy: saying.by });
  needOver(context, 'record', command, creates);
  const receipt = await propose(context.services.ledger, act, saying);
  return answer(context, receipt.events[0]?.stream.slice(proposal.name.length + 1) ?? '', receipt);
}

/** The right over all that the proposed act concerns. Errors: as of any other act. */
function needOverProposal(context: RequestContext, right: 'record' | 'approve', id: string): void {
  const rights = Rights.of(context);
  rights.needAll(right, placesOfStream(rights.scene, streamOf(proposal.name, id)));
}

const answer = (context: RequestContext, id: string, receipt: Receipt): Promise<Payload> =>
  payloadOf(context, streamOf(proposal.name, id), 'proposal', receipt);
