/** What was approved before the last stop is carried out after the next start. */
import type { Ledger } from '../es/command.ts';
import type { Runner } from '../es/runner.ts';
import { settleProposal, unsettledProposals } from '../graphql/settle-proposals.ts';
import type { Telemetry } from '../graphql/telemetry.ts';

/** Begins to carry out what a crash left approved, once the read model knows what the log does. What cannot be done yet is
 *  written to the log, and done with the next approval of the same proposal, or at the next start. Returns the way to give up. */
export function settleApproved(ledger: Ledger, runner: Runner, { log }: Telemetry): () => Promise<void> {
  const stopping = new AbortController();
  const report = (error: unknown, stream?: string) => {
    if (!stopping.signal.aborted) log.error({ err: error, stream }, 'what was approved could not be carried out');
  };
  const settle = async () => {
    const streams = await unsettledProposals(ledger, stopping.signal);
    if (streams.length === 0 || stopping.signal.aborted) return;
    const { position } = await ledger.store.head();
    await runner.waitFor(position, stopping.signal);
    for (const stream of streams) {
      if (stopping.signal.aborted) return;
      await settleProposal(ledger, stream).catch((error: unknown) => report(error, stream));
    }
  };
  const settling = settle().catch((error: unknown) => report(error));
  return async () => {
    stopping.abort();
    await settling;
  };
}
