import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { needsFourEyes } from '../../src/domain/four-eyes.ts';
import { commandCatalogue } from '../../src/domain/index.ts';
import { proposal } from '../../src/domain/proposal.ts';
import { standardCommands } from '../../src/domain/standard-catalogue.ts';
import type { Ledger } from '../../src/es/command.ts';
import { CodedError } from '../../src/es/errors.ts';
import { execute } from '../../src/es/execute.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { refusedAs } from '../support/acts.ts';

const stream = 'proposal-pr_aaaaaaaa';
const act = { command: 'voidEvent', target: 'village-v_xiawei0001', input: '{"event":"village-v_xiawei0001.0"}' };

/** Proposals on a day that moves, and who sends what. */
class Desk {
  today = '2024-06-01';
  private readonly ledger: Ledger;
  private commands = 0;

  constructor() {
    const store = new MemoryStore({ now: () => 0, identity: { id: 'test', kind: 'simulated' } });
    this.ledger = { store, today: () => this.today, world: null };
  }

  async send(by: string, name: string, data: object, header: object = {}) {
    this.commands += 1;
    const command = { name, stream, data, effectiveOn: '9999-12-31', basis: [], recordedBy: by };
    const { events } = await execute(this.ledger, proposal, { ...command, commandId: `c-${this.commands}`, ...header });
    return events.map((event) => ({ type: event.type, effectiveOn: event.effectiveOn, data: event.data }));
  }
}

async function proposed(): Promise<Desk> {
  const desk = new Desk();
  await desk.send('clerk-1', 'proposeAct', act);
  return desk;
}

describe('proposeAct', () => {
  it('waits thirty days where nothing else is asked', async () => {
    expect(await new Desk().send('clerk-1', 'proposeAct', act)).toEqual([
      { type: 'ActProposed', effectiveOn: '2024-06-01', data: { ...act, expiresOn: '2024-07-01' } },
    ]);
  });

  it('waits until the day that is asked, up to a year', async () => {
    const [event] = await new Desk().send('clerk-1', 'proposeAct', { ...act, expiresOn: '2025-06-01' });
    expect(event?.data).toMatchObject({ expiresOn: '2025-06-01' });
    for (const expiresOn of ['2024-05-31', '2025-06-02']) {
      const when = new Desk().send('clerk-1', 'proposeAct', { ...act, expiresOn });
      await expect(when).rejects.toEqual(refusedAs('proposal.EXPIRY'));
    }
  });

  it('is made once', async () => {
    const when = (await proposed()).send('clerk-1', 'proposeAct', act);
    await expect(when).rejects.toEqual(refusedAs('proposal.TAKEN'));
  });

  it('holds no personal data, however deep it lies', async () => {
    const input = '{"reason":"经电话\\u00313812345678核实"}';
    await expect(new Desk().send('clerk-1', 'proposeAct', { ...act, input })).rejects.toEqual(
      refusedAs('act.PERSONAL_DATA'),
    );
  });
});

describe('approve', () => {
  it('is another person’s', async () => {
    const desk = await proposed();
    await expect(desk.send('clerk-1', 'approve', {})).rejects.toEqual(refusedAs('proposal.SAME_PERSON'));
    expect(await desk.send('approver-1', 'approve', {})).toMatchObject([{ type: 'ProposalApproved' }]);
  });

  it('comes on the last day, and not after it', async () => {
    const desk = await proposed();
    desk.today = '2024-07-02';
    await expect(desk.send('approver-1', 'approve', {})).rejects.toEqual(refusedAs('proposal.EXPIRED'));
    desk.today = '2024-07-01';
    expect(await desk.send('approver-1', 'approve', {})).toMatchObject([{ effectiveOn: '2024-07-01' }]);
  });

  it('comes once, and not after a rejection', async () => {
    const desk = await proposed();
    await desk.send('approver-1', 'approve', {});
    await expect(desk.send('approver-2', 'approve', {})).rejects.toEqual(refusedAs('proposal.CLOSED'));
    await expect(desk.send('approver-2', 'reject', { reason: 'no' })).rejects.toEqual(refusedAs('proposal.CLOSED'));
    const other = await proposed();
    await other.send('approver-1', 'reject', { reason: 'no' });
    await expect(other.send('approver-2', 'approve', {})).rejects.toEqual(refusedAs('proposal.CLOSED'));
  });

  it('is of a proposal that is there', async () => {
    await expect(new Desk().send('approver-1', 'approve', {})).rejects.toEqual(refusedAs('proposal.UNKNOWN'));
  });

  it('never stands before the proposal, however the clock goes', async () => {
    const desk = await proposed();
    desk.today = '2024-05-31';
    expect(await desk.send('approver-1', 'approve', {})).toMatchObject([{ effectiveOn: '2024-06-01' }]);
  });

  it('holds no personal data in its remark', async () => {
    const when = (await proposed()).send('approver-1', 'approve', {}, { note: '电话13812345678' });
    await expect(when).rejects.toEqual(refusedAs('act.PERSONAL_DATA'));
  });
});

describe('reject', () => {
  it('is anybody’s, the proposer’s too', async () => {
    const desk = await proposed();
    expect(await desk.send('clerk-1', 'reject', { reason: 'a slip' })).toEqual([
      { type: 'ProposalRejected', effectiveOn: '2024-06-01', data: { reason: 'a slip' } },
    ]);
  });
});

describe('carryOut', () => {
  it('comes after an approval only', async () => {
    const desk = await proposed();
    const done = { eventIds: ['village-v_xiawei0001.1'] };
    await expect(desk.send('approver-1', 'carryOut', done)).rejects.toEqual(refusedAs('proposal.NOT_APPROVED'));
    const failed = { code: 'E_NOT_FOUND', message: 'gone' };
    await expect(desk.send('approver-1', 'fail', failed)).rejects.toEqual(refusedAs('proposal.NOT_APPROVED'));
    await desk.send('approver-1', 'approve', {});
    // Another node may have found it refused at the same moment: what was written holds.
    expect(await desk.send('approver-1', 'fail', failed)).toMatchObject([{ type: 'ProposalFailed' }]);
    expect(await desk.send('approver-1', 'fail', failed)).toEqual([]);
    expect(await desk.send('approver-1', 'carryOut', done)).toMatchObject([{ type: 'ProposalCarriedOut' }]);
    expect(await desk.send('approver-1', 'carryOut', done)).toEqual([]);
    expect(await desk.send('approver-1', 'fail', failed)).toEqual([]);
  });
});

describe('commands on a proposal, in any order', () => {
  it('leave it decided once at most, and never by who proposed it', async () => {
    const step = fc.record({
      by: fc.constantFrom('clerk-1', 'approver-1', 'approver-2'),
      name: fc.constantFrom('proposeAct', 'approve', 'reject', 'carryOut', 'fail'),
      day: fc.constantFrom('2024-06-01', '2024-07-01', '2024-07-02'),
    });
    const data: Readonly<Record<string, object>> = {
      proposeAct: act,
      approve: {},
      reject: { reason: 'no' },
      carryOut: { eventIds: [] },
      fail: { code: 'E_NOT_FOUND', message: 'gone' },
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
        const desk = new Desk();
        const told: { type: string; by: string }[] = [];
        for (const { by, name, day } of steps) {
          desk.today = day;
          try {
            const events = await desk.send(by, name, data[name] ?? {});
            told.push(...events.map(({ type }) => ({ type, by })));
          } catch (error) {
            if (!(error instanceof CodedError)) throw error;
          }
        }
        const decisions = told.filter(({ type }) => type === 'ProposalApproved' || type === 'ProposalRejected');
        expect(decisions.length).toBeLessThanOrEqual(1);
        const proposer = told.find(({ type }) => type === 'ActProposed')?.by;
        for (const { type, by } of decisions) if (type === 'ProposalApproved') expect(by).not.toBe(proposer);
        const outcome = told.findIndex(({ type }) => type === 'ProposalCarriedOut' || type === 'ProposalFailed');
        if (outcome >= 0) expect(told.slice(0, outcome).map(({ type }) => type)).toContain('ProposalApproved');
      }),
      { numRuns: 60 },
    );
  });
});

describe('needsFourEyes()', () => {
  it('covers standards, decisions on allowances, voids and links of identity', () => {
    const held = [...commandCatalogue.keys(), 'voidEvent'].filter(needsFourEyes);
    expect(held.toSorted()).toEqual(
      [
        ...Object.keys(standardCommands),
        'defineDisclosureStandard',
        ...['approve', 'refuse', 'suspend', 'resume', 'cease', 'recompute'].map((verb) => `${verb}RetirementAllowance`),
        'linkVillages',
        'unlinkVillage',
        'voidEvent',
      ].toSorted(),
    );
  });
});
