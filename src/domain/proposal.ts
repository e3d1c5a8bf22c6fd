/** Four eyes: an act is proposed by one person and takes effect when another approves it. Stream `proposal-<id>`. Which acts:
 *  four-eyes.ts. The act itself is an event of its own thing's stream; how it gets there: graphql/proposal-flow.ts. */
import { z } from 'zod';
import type { Aggregate, DecisionContext, Fact } from '../es/aggregate.ts';
import type { Command } from '../es/command.ts';
import type { LocalDate } from '../es/event.ts';
import { refusePersonalData } from './act.ts';
import { dayAfter } from './calendar-days.ts';
import { refusals } from './refusals.ts';
import { LocalDate as Day } from './scalars.ts';
import { command, event, text } from './vocabulary.ts';

export const proposalDaysDefault = 30;
export const proposalDaysMax = 365;

const proposed = {
  command: text(60).describe('Name of the command that is proposed.'),
  target: text(120).describe('Stream of the thing that it acts on, or makes.'),
  input: z.string().min(2).max(200_000).describe('What the command takes, as canonical JSON. No personal data.'),
};
const carriedOut = {
  eventIds: z.array(text(160)).max(1_000).describe('Ids of the events that it wrote; none where it was so already.'),
};
const failed = {
  code: text(60).describe('Code of the refusal.'),
  message: text(1_000).describe('Why it was refused.'),
};
const rejected = { reason: text(500).describe('Why it is not to take effect. No personal data.') };

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
const events = {
  ActProposed: event(
    'An act was proposed: it takes effect when another person approves it.',
    { ...proposed, expiresOn: Day.describe('Last day on which it can be approved.') },
    { zh: '提请复核' },
  ),
  ProposalApproved: event('Another person approved what was proposed.', {}, { zh: '复核同意' }),
  ProposalRejected: event('What was proposed was rejected, or withdrawn by who proposed it.', rejected, {
    zh: '复核不同意',
  }),
  ProposalCarriedOut: event('What was approved took effect.', carriedOut, { zh: '复核事项生效' }),
  ProposalFailed: event('What was approved was refused when it was to take effect; nothing of it holds.', failed, {
    zh: '复核事项未能生效',
  }),
};

const commands = {
  proposeAct: command(
    'Propose an act that takes effect when another person approves it.',
    { ...proposed, expiresOn: events.ActProposed.shape.expiresOn.optional() },
    { zh: '提请复核', creates: true },
  ),
  approve: command('Approve what another person proposed: it takes effect at once.', {}, { zh: '复核同意' }),
  reject: command('Reject what was proposed; who proposed it withdraws it so.', rejected, { zh: '复核不同意' }),
  carryOut: command('Record what the approved act wrote.', carriedOut, { zh: '登记生效' }),
  fail: command('Record that the approved act was refused.', failed, { zh: '登记未能生效' }),
};

const source = 'four eyes: who approves is not who proposes';
/** What is refused of a proposal, whatever the act. */
export const proposalRefusals = refusals('proposal', {
  UNKNOWN: { code: 'E_NOT_FOUND', when: 'There is no such proposal.', source: 'log' },
  TAKEN: { code: 'E_ALREADY_EXISTS', when: 'The proposal was made already.', source: 'log' },
  SAME_PERSON: {
    code: 'E_FOUR_EYES',
    when: 'Who proposed an act approves it.',
    source,
    remedy: 'Let somebody else approve it; who proposed it may only reject it.',
  },
  CLOSED: { code: 'E_PROPOSAL_CLOSED', when: 'The proposal was decided already.', source },
  EXPIRED: { code: 'E_PROPOSAL_CLOSED', when: 'The last day of the proposal is over.', source },
  EXPIRY: {
    code: 'BAD_USER_INPUT',
    when: `The last day of a proposal lies before today, or more than ${proposalDaysMax} days ahead.`,
    source,
    remedy: 'Give a day within that time, or none.',
  },
  NOT_APPROVED: { code: 'E_FOUR_EYES', when: 'What nobody approved is not carried out.', source },
  ALREADY_SO: {
    code: 'E_ALREADY_EXISTS',
    when: 'It is already so: there is nothing to approve.',
    source,
    remedy: 'Look at the thing as it stands.',
  },
  DIRECT: {
    code: 'E_FOUR_EYES',
    when: 'An act that needs two persons is sent by one.',
    source,
    remedy: 'Send the `propose…` mutation of its name, and let somebody else approve it.',
  },
});
const no = proposalRefusals;

interface ProposalState {
  readonly status: 'NONE' | 'PENDING' | 'APPROVED' | 'REJECTED' | 'CARRIED_OUT' | 'FAILED';
  readonly expiresOn: LocalDate;
}
type Context = DecisionContext<unknown>;

/** The day of a new fact: today, but never before what is in the stream, so that days and positions go the same way. */
const now = ({ today, history }: Context): LocalDate => {
  const last = history.at(-1)?.effectiveOn ?? today;
  return last > today ? last : today;
};

/** Commands hold from the moment on which they come: their facts are of today, whatever the command's own day. */
export const proposal: Aggregate<typeof events, ProposalState, typeof commands> = {
  name: 'proposal',
  events,
  commands,
  initial: { status: 'NONE', expiresOn: '' },
  guard: (sent, { history }) => {
    refusePersonalData({ ...sent, data: said(sent) });
    const by = history.find(({ type }) => type === 'ActProposed')?.recordedBy;
    if (sent.name === 'approve' && by === sent.recordedBy) no.SAME_PERSON();
  },

  evolve: {
    ActProposed: (_, { expiresOn }) => ({ status: 'PENDING', expiresOn }),
    ProposalApproved: (state) => ({ ...state, status: 'APPROVED' }),
    ProposalRejected: (state) => ({ ...state, status: 'REJECTED' }),
    ProposalCarriedOut: (state) => ({ ...state, status: 'CARRIED_OUT' }),
    ProposalFailed: (state) => ({ ...state, status: 'FAILED' }),
  },

  decide: {
    proposeAct: ({ expiresOn: asked, ...data }, { status }, { today }) => {
      if (status !== 'NONE') return no.TAKEN();
      const expiresOn = asked ?? dayAfter(today, proposalDaysDefault);
      if (expiresOn < today || expiresOn > dayAfter(today, proposalDaysMax)) return no.EXPIRY();
      return [{ type: 'ActProposed', data: { ...data, expiresOn }, effectiveOn: today }];
    },
    approve: (_, state, context) => decided(state, context, { type: 'ProposalApproved', data: {} }),
    reject: (data, state, context) => decided(state, context, { type: 'ProposalRejected', data }),
    carryOut: (data, { status }, context) => {
      if (status === 'CARRIED_OUT') return [];
      // What was found refused here may have been carried out elsewhere at the same moment: then it holds.
      if (status !== 'APPROVED' && status !== 'FAILED') return no.NOT_APPROVED();
      return [{ type: 'ProposalCarriedOut', data, effectiveOn: now(context) }];
    },
    fail: (data, { status }, context) => {
      if (status === 'CARRIED_OUT' || status === 'FAILED') return [];
      if (status !== 'APPROVED') return no.NOT_APPROVED();
      return [{ type: 'ProposalFailed', data, effectiveOn: now(context) }];
    },
  },
};

function decided(
  { status, expiresOn }: ProposalState,
  context: Context,
  fact: Fact<Pick<typeof events, 'ProposalApproved' | 'ProposalRejected'>>,
): readonly Fact<typeof events>[] {
  if (status === 'NONE') return no.UNKNOWN();
  if (status !== 'PENDING') return no.CLOSED(`It is ${status}.`);
  if (context.today > expiresOn) return no.EXPIRED(`Its last day was ${expiresOn}.`);
  return [{ ...fact, effectiveOn: now(context) }];
}

/** What a command says, the proposed input as what it stands for: texts within JSON text would escape the check. */
function said({ data }: Command): unknown {
  const { input, ...rest } = data as { readonly input?: string };
  if (input === undefined) return rest;
  try {
    return { ...rest, input: JSON.parse(input) as unknown };
  } catch {
    // No JSON: it is looked at as the text that it is.
    return data;
  }
}
