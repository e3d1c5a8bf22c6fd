/** Acts that need two persons, by two persons. */
import { expect } from 'vitest';
import type { LedgerApi } from './ledger-api.ts';
import { allRoles, principalOf } from './principals.ts';

/** Another person than the one who asks in a `ledgerApi`, with every right that approving takes. */
export const approver = principalOf('approver-1', ['approver']);

/** What came of an approval. */
export interface Approved {
  readonly proposal: string;
  /** Id of the thing acted on, or made. */
  readonly target: string;
  readonly position: string;
  /** What the act itself wrote. */
  readonly events: readonly { readonly id: string; readonly type: string; readonly summary: string }[];
}

const approval = `mutation($i: ApproveInput!) { approve(input: $i) { position
  proposal { status failure { code message } target { id } events { id type summary } } } }`;

/** Proposes an act as one person and approves it as another; what is refused fails the test. */
export async function inTwo(
  api: LedgerApi,
  name: string,
  input: { readonly commandId: string; readonly [field: string]: unknown },
): Promise<Approved> {
  const proposing = `propose${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation($i: ${type}!) { ${proposing}(input: $i) { proposal { id } } }`;
  const { id } = (await api.ask(query, { i: input }))[proposing].proposal;
  api.as(approver);
  const { approve } = await api.ask(approval, { i: { commandId: `approve-${input.commandId}`, proposal: id } });
  api.as(allRoles);
  expect(approve.proposal).toMatchObject({ status: 'CARRIED_OUT', failure: null });
  return {
    proposal: id,
    target: approve.proposal.target.id,
    position: approve.position,
    events: approve.proposal.events,
  };
}
