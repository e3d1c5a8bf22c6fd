/** What was proposed and waits for another person, and what became of it. No other read model knows of it. */
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type ProposalRow = {
  /** What has been decided. That it expired is said by no event: PENDING after its last day. */
  readonly status: 'PENDING' | 'APPROVED' | 'REJECTED' | 'CARRIED_OUT' | 'FAILED';
  readonly command: string;
  /** Stream of the thing that the command acts on, or makes. */
  readonly target: string;
  /** What the command takes, as canonical JSON. */
  readonly input: string;
  readonly proposed_by: string;
  readonly proposed_on: string;
  readonly expires_on: string;
  readonly decided_by: string | null;
  readonly decided_on: string | null;
  /** Of a rejection. */
  readonly reason: string | null;
  /** Remark of who approved. */
  readonly note: string | null;
  /** Ids of the events that it wrote, as JSON. */
  readonly event_ids: string;
  readonly failure_code: string | null;
  readonly failure_message: string | null;
};

export const proposals: Projection<ProposalRow> = {
  name: 'proposals',
  version: 1,
  entity: 'proposal',
  columns: {
    status: 'text',
    command: 'text',
    target: 'text',
    input: 'text',
    proposed_by: 'text',
    proposed_on: 'text',
    expires_on: 'text',
    decided_by: 'text',
    decided_on: 'text',
    reason: 'text',
    note: 'text',
    event_ids: 'text',
    failure_code: 'text',
    failure_message: 'text',
  },
  indexes: [['status']],
  handlers: handlers<'proposal', ProposalRow>({
    proposal: {
      ActProposed: (_, { command, target, input, expiresOn }, __, { recordedBy, effectiveOn }) => ({
        status: 'PENDING',
        command,
        target,
        input,
        proposed_by: recordedBy,
        proposed_on: effectiveOn,
        expires_on: expiresOn,
        decided_by: null,
        decided_on: null,
        reason: null,
        note: null,
        event_ids: '[]',
        failure_code: null,
        failure_message: null,
      }),
      ProposalApproved: (row, _, __, { recordedBy, effectiveOn, note }) =>
        row && {
          ...row,
          status: 'APPROVED',
          decided_by: recordedBy,
          decided_on: effectiveOn,
          note: note ?? null,
        },
      ProposalRejected: (row, { reason }, _, { recordedBy, effectiveOn }) =>
        row && { ...row, status: 'REJECTED', decided_by: recordedBy, decided_on: effectiveOn, reason },
      ProposalCarriedOut: (row, { eventIds }) =>
        row && {
          ...row,
          status: 'CARRIED_OUT',
          event_ids: JSON.stringify(eventIds),
          failure_code: null,
          failure_message: null,
        },
      ProposalFailed: (row, { code, message }) =>
        row && { ...row, status: 'FAILED', failure_code: code, failure_message: message },
    },
  }),
};
