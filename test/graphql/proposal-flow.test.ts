import { describe, expect, it } from 'vitest';
import { proposal } from '../../src/domain/proposal.ts';
import { streamOf } from '../../src/es/event.ts';
import { execute } from '../../src/es/execute.ts';
import { approve, propose, reject } from '../../src/graphql/proposal-flow.ts';
import { settleProposal, unsettledProposals } from '../../src/graphql/settle-proposals.ts';
import { refusedAs } from '../support/acts.ts';
import { baima, ids, streams } from '../support/hamlet-county.ts';
import { act, approving, openOffice, proposing, slip } from '../support/proposal-office.ts';
import { stoppingAfter } from '../support/stopping-after.ts';

const stream = streams.xiawei;
const whole = ['ActProposed', 'ProposalApproved', 'ProposalCarriedOut'];

describe('propose()', () => {
  it('writes into the proposal’s stream alone, which names nothing else', async () => {
    const office = await openOffice();
    const input = `{"event":"${slip}","reason":"a slip"}`;
    expect((await office.log()).at(-1)).toMatchObject({
      type: 'ActProposed',
      subjects: [`proposal-${office.id}`],
      basis: [],
      data: { command: 'voidEvent', target: stream, input },
    });
  });

  it('gives the same answer to the same proposal, on a later day and when it is long carried out', async () => {
    const office = await openOffice();
    const [first] = (await office.store.readStream(`proposal-${office.id}`)).slice(-1);
    await approve(await office.ledger(), office.id, approving);
    office.today = '2024-08-01';
    expect((await propose(await office.ledger(), act, proposing)).events).toEqual([first]);
    const other = { ...act, input: { ...act.input, reason: 'another' } };
    await expect(propose(await office.ledger(), other, proposing)).rejects.toMatchObject({
      code: 'E_DUPLICATE_COMMAND',
    });
  });

  it('tells what the act would be refused with, and writes nothing', async () => {
    const office = await openOffice();
    await office.voidAtOnce(slip);
    const { position } = await office.store.head();
    const again = { ...act, input: { ...act.input, commandId: 'void-2' } };
    const when = propose(await office.ledger(), again, { ...proposing, commandId: 'void-2' });
    await expect(when).rejects.toMatchObject({ code: 'E_CORRECTION_TARGET' });
    expect((await office.store.head()).position).toBe(position);
  });

  it('refuses what is already so', async () => {
    const office = await openOffice();
    const link = (commandId: string) => ({
      ...{ name: 'linkVillages', stream },
      input: { commandId, effectiveOn: '2020-01-01', village: ids.xiawei, other: ids.baima },
    });
    await office.tell(streams.baima, 'listVillage', baima, { effectiveOn: '2016-07-31' });
    await office.tell(streams.baima, 'delistVillage', {}, { effectiveOn: '2017-01-01' });
    const { events } = await propose(await office.ledger(), link('link-1'), { commandId: 'link-1', by: 'clerk-1' });
    await approve(await office.ledger(), events[0]?.stream.slice('proposal-'.length) ?? '', approving);
    await expect(
      propose(await office.ledger(), link('link-2'), { commandId: 'link-2', by: 'clerk-1' }),
    ).rejects.toEqual(refusedAs('proposal.ALREADY_SO'));
  });
});

describe('approve()', () => {
  it('carries the act out with both names, and leads back to the proposal', async () => {
    const office = await openOffice();
    await approve(await office.ledger(), office.id, approving);
    const [voided] = (await office.store.readStream(stream)).slice(-1);
    expect(voided).toMatchObject({
      type: 'EventVoided',
      voids: slip,
      recordedBy: 'approver-1',
      proposedBy: 'clerk-1',
      commandId: `${office.id}.approved`,
      correlationId: 'void-1',
      causationId: `proposal-${office.id}.1`,
    });
    const [, , done] = await office.store.readStream(`proposal-${office.id}`);
    expect(done).toMatchObject({ type: 'ProposalCarriedOut', data: { eventIds: [voided?.id] } });
  });

  it('gives the same answer to the same approval', async () => {
    const office = await openOffice();
    const first = await approve(await office.ledger(), office.id, approving);
    expect(first.events.map(({ type }) => type)).toEqual(['ProposalApproved', 'EventVoided', 'ProposalCarriedOut']);
    expect(await approve(await office.ledger(), office.id, approving)).toEqual(first);
    await expect(approve(await office.ledger(), office.id, { ...approving, note: 'another' })).rejects.toMatchObject({
      code: 'E_DUPLICATE_COMMAND',
    });
  });

  it('tells what the act is refused with by now, and writes nothing', async () => {
    const office = await openOffice();
    await office.voidAtOnce(slip);
    const { position } = await office.store.head();
    const when = approve(await office.ledger(), office.id, approving);
    await expect(when).rejects.toMatchObject({ code: 'E_CORRECTION_TARGET' });
    expect((await office.store.head()).position).toBe(position);
  });

  it('holds to the revision that the proposer saw', async () => {
    const office = await openOffice();
    const seen = { ...act, input: { ...act.input, commandId: 'void-2', expectedRevision: 1 } };
    const { events } = await propose(await office.ledger(), seen, { ...proposing, commandId: 'void-2' });
    await office.tell(stream, 'renameVillage', { name: '下围社区' });
    const id = events[0]?.stream.slice('proposal-'.length) ?? '';
    await expect(approve(await office.ledger(), id, approving)).rejects.toMatchObject({ code: 'E_STALE_REVISION' });
    expect(await office.types(`proposal-${id}`)).toEqual(['ActProposed']);
  });

  it('is refused to who proposed it, when it is over, and where there is no proposal', async () => {
    const office = await openOffice();
    const own = approve(await office.ledger(), office.id, { ...approving, by: 'clerk-1' });
    await expect(own).rejects.toEqual(refusedAs('proposal.SAME_PERSON'));
    office.today = '2024-07-02';
    const late = approve(await office.ledger(), office.id, approving);
    await expect(late).rejects.toEqual(refusedAs('proposal.EXPIRED'));
    const none = approve(await office.ledger(), 'pr_nobody0001', approving);
    await expect(none).rejects.toEqual(refusedAs('proposal.UNKNOWN'));
    expect(await office.types(stream)).toEqual(['VillageListed', 'VillageRenamed']);
  });

  it('is decided once, whoever comes at the same moment on whichever node', async () => {
    const office = await openOffice();
    const [a, b, c] = await Promise.all([office.ledger(), office.ledger(), office.ledger()]);
    const outcomes = await Promise.allSettled([
      approve(a, office.id, approving),
      approve(b, office.id, { commandId: 'approve-2', by: 'approver-2' }),
      approve(a, office.id, approving),
      reject(c, office.id, 'no', { commandId: 'reject-1', by: 'approver-3' }),
    ]);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'E_PROPOSAL_CLOSED' });
    }
    const types = await office.types(`proposal-${office.id}`);
    const isApproved = types.includes('ProposalApproved');
    expect(types).toEqual(isApproved ? whole : ['ActProposed', 'ProposalRejected']);
    expect((await office.types(stream)).filter((type) => type === 'EventVoided')).toHaveLength(isApproved ? 1 : 0);
  });
});

describe('an approval that a crash cuts short', () => {
  const appends = [0, 1, 2, 3];

  it.each(appends)('after %i appends is finished at the next start, once', async (count) => {
    const office = await openOffice();
    const cut = approve(await office.ledger(stoppingAfter(office.store, count)), office.id, approving);
    await (count < 3 ? expect(cut).rejects.toThrow('power cut') : cut);
    await office.restart();
    const ledger = await office.ledger();
    const left = await unsettledProposals(ledger);
    expect(left).toEqual(count === 1 || count === 2 ? [`proposal-${office.id}`] : []);
    for (const each of left) await settleProposal(ledger, each);
    expect(await unsettledProposals(ledger)).toEqual([]);
    expect(await office.types(`proposal-${office.id}`)).toEqual(count === 0 ? ['ActProposed'] : whole);
    const voids = count === 0 ? [] : ['EventVoided'];
    expect(await office.types(stream)).toEqual(['VillageListed', 'VillageRenamed', ...voids]);
  });

  it.each(appends)('after %i appends is finished by the same approval', async (count) => {
    const office = await openOffice();
    await approve(await office.ledger(stoppingAfter(office.store, count)), office.id, approving).catch(() => undefined);
    await office.restart();
    const finished = await approve(await office.ledger(), office.id, approving);
    expect(finished.events.map(({ type }) => type)).toEqual(['ProposalApproved', 'EventVoided', 'ProposalCarriedOut']);
    expect(await office.types(`proposal-${office.id}`)).toEqual(whole);
  });

  it('is finished by another’s, who is then told that it was decided', async () => {
    const office = await openOffice();
    await expect(approve(await office.ledger(stoppingAfter(office.store, 1)), office.id, approving)).rejects.toThrow(
      'power cut',
    );
    const other = approve(await office.ledger(), office.id, { commandId: 'approve-2', by: 'approver-2' });
    await expect(other).rejects.toEqual(refusedAs('proposal.CLOSED'));
    expect(await office.types(`proposal-${office.id}`)).toEqual(whole);
    expect((await office.store.readStream(stream)).at(-1)).toMatchObject({ recordedBy: 'approver-1' });
  });

  it('comes to a failure where the act is refused by then, and stays one', async () => {
    const office = await openOffice();
    await expect(approve(await office.ledger(stoppingAfter(office.store, 1)), office.id, approving)).rejects.toThrow(
      'power cut',
    );
    await office.voidAtOnce(slip);
    const settled = await settleProposal(await office.ledger(), `proposal-${office.id}`);
    expect(settled.events.at(-1)).toMatchObject({
      type: 'ProposalFailed',
      recordedBy: 'approver-1',
      data: { code: 'E_CORRECTION_TARGET', message: 'The event is already voided.' },
    });
    // Taking the other void back makes way for the act, but what failed is over.
    await office.voidAtOnce(`${stream}.2`);
    expect(await approve(await office.ledger(), office.id, approving)).toEqual(settled);
    expect(await office.types(stream)).toEqual(['VillageListed', 'VillageRenamed', 'EventVoided', 'EventVoided']);
  });

  it('holds where one node found it refused and another had carried it out', async () => {
    const office = await openOffice();
    const cut = approve(await office.ledger(stoppingAfter(office.store, 2)), office.id, approving);
    await expect(cut).rejects.toThrow('power cut');
    const failed = { name: 'fail', data: { code: 'E_CORRECTION_TARGET', message: 'gone' }, commandId: 'x' };
    const header = { effectiveOn: '9999-12-31', basis: [], recordedBy: 'approver-1' };
    await execute(await office.ledger(), proposal, { ...header, ...failed, stream: streamOf('proposal', office.id) });
    const { events } = await approve(await office.ledger(), office.id, approving);
    expect(events.map(({ type }) => type)).toEqual(['ProposalApproved', 'EventVoided', 'ProposalCarriedOut']);
  });
});

describe('reject()', () => {
  it('is also the proposer’s, and closes the proposal', async () => {
    const office = await openOffice();
    const saying = { commandId: 'reject-1', by: 'clerk-1' };
    const { events } = await reject(await office.ledger(), office.id, 'a slip of mine', saying);
    expect(events).toMatchObject([{ type: 'ProposalRejected', data: { reason: 'a slip of mine' } }]);
    expect((await reject(await office.ledger(), office.id, 'a slip of mine', saying)).events).toEqual(events);
    const late = approve(await office.ledger(), office.id, approving);
    await expect(late).rejects.toEqual(refusedAs('proposal.CLOSED'));
  });

  it('cannot take back what was approved and cut short', async () => {
    const office = await openOffice();
    await approve(await office.ledger(stoppingAfter(office.store, 1)), office.id, approving).catch(() => undefined);
    const late = reject(await office.ledger(), office.id, 'no', { commandId: 'reject-1', by: 'clerk-1' });
    await expect(late).rejects.toEqual(refusedAs('proposal.CLOSED'));
    expect(await office.types(`proposal-${office.id}`)).toEqual(whole);
  });
});
