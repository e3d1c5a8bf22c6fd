import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { approve } from '../../src/graphql/proposal-flow.ts';
import { startServer } from '../../src/main.ts';
import { streams } from '../support/hamlet-county.ts';
import { approving, openOffice } from '../support/proposal-office.ts';
import { stoppingAfter } from '../support/stopping-after.ts';

describe('a server that starts', () => {
  it.each([1, 2])('carries out what was approved before a crash after %i appends', async (appends) => {
    const office = await openOffice();
    const cut = approve(await office.ledger(stoppingAfter(office.store, appends)), office.id, approving);
    await expect(cut).rejects.toThrow('power cut');
    await office.restart();
    const config = readConfig({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: office.dir });
    const server = await startServer(config, { store: office.store });
    onTestFinished(server.close);
    const types = () => office.types(`proposal-${office.id}`);
    await expect.poll(types, { timeout: 60_000 }).toEqual(['ActProposed', 'ProposalApproved', 'ProposalCarriedOut']);
    const [last] = (await office.store.readStream(streams.xiawei)).slice(-1);
    expect(last).toMatchObject({ type: 'EventVoided', recordedBy: 'approver-1', proposedBy: 'clerk-1' });
  });
});
