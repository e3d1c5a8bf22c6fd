import { describe, expect, it } from 'vitest';
import { by, committees, refusedAs } from '../support/acts.ts';
import {
  election,
  line,
  person,
  reached,
  seats,
  stream,
  supervision,
  village,
  voterList,
} from '../support/committees-at-work.ts';
import { given } from '../support/given.ts';

const elect = async (change: object, steps = 3, on = '2019-01-31') =>
  (await reached(steps)).when(stream, 'recordElection', { ...election, ...change }, on);

describe('approveCommitteeSeats', () => {
  it('takes what the assembly proposed, within the law', async () => {
    const approve = async (change: object, header: object = by.township) =>
      (await reached(0)).when(stream, 'approveCommitteeSeats', { ...seats, ...change }, '2019-01-02', header);
    await expect(approve({})).resolves.toMatchObject([{ type: 'CommitteeSeatsApproved', data: { village } }]);
    await expect(approve({ members: 6 })).rejects.toEqual(refusedAs('term.SEATS_RANGE'));
    await expect(approve({ assemblyProposedOn: undefined })).rejects.toEqual(refusedAs('term.SEATS_NOT_PROPOSED'));
    await expect(approve({}, by.county)).rejects.toEqual(refusedAs('act.NOT_AUTHORIZED'));
  });
});

describe('publishVoterList and decideVoterObjections', () => {
  it('keep the days of the law', async () => {
    const publish = async (change: object) =>
      (await reached(1)).when(stream, 'publishVoterList', { ...voterList, ...change }, '2019-01-05');
    await expect(publish({ electionOn: '2019-01-24' })).rejects.toEqual(refusedAs('term.VOTER_LIST_LEAD'));
    await expect(publish({ electionOn: '2019-01-25' })).resolves.toHaveLength(1);
    await expect(publish({ nonHukou: 3 })).rejects.toEqual(refusedAs('term.NON_HUKOU_CONSENT'));
    await expect(publish({ nonHukou: 3, assemblyConsentedOn: '2019-01-04' })).resolves.toHaveLength(1);
  });

  it('decide an objection filed within five days, within three', async () => {
    const decide = async (filedOn: string, on: string, steps = 2) =>
      (await reached(steps)).when(stream, 'decideVoterObjections', { filedOn, objections: 2, upheld: 1 }, on);
    await expect(decide('2019-01-10', '2019-01-13')).resolves.toHaveLength(1);
    await expect(decide('2019-01-11', '2019-01-12')).rejects.toEqual(refusedAs('term.OBJECTION_LATE'));
    await expect(decide('2019-01-10', '2019-01-14')).rejects.toEqual(refusedAs('term.DECISION_LATE'));
    await expect(decide('2019-01-10', '2019-01-13', 1)).rejects.toEqual(refusedAs('term.NO_VOTER_LIST'));
  });
});

describe('recordElection', () => {
  it('elects by more than half of the votes cast', async () => {
    await expect(elect({})).resolves.toMatchObject([{ type: 'CommitteeElected', data: { flags: [] } }]);
  });

  it.each([
    ['ballot.TURNOUT', { votesCast: 500, results: election.results.map((each) => ({ ...each, votes: 300 })) }],
    ['ballot.NOT_MAJORITY', { results: [line(1, 'CHAIR', 450, { elected: true }), ...election.results.slice(1)] }],
    ['ballot.OUTVOTED', { results: [...election.results, line(5, 'CHAIR', 850, { elected: false })] }],
    ['ballot.TOO_FEW_CANDIDATES', { results: election.results.slice(0, 3) }],
    ['ballot.SEATS_EXCEEDED', { results: [...election.results, line(5, 'MEMBER', 500)] }],
    ['ballot.ROUND', { ballotRound: 2 }],
    ['ballot.SUPERVISION_MEMBER', { results: [...election.results.slice(1), line(11, 'CHAIR', 700)] }],
    ['ballot.KIN', { kin: [{ first: person(1), second: person(3) }] }],
    ['ballot.KIN_OF_SUPERVISION', { kin: [{ first: person(12), second: person(3) }] }],
    ['ballot.KIN_OF_SUPERVISION', { kin: [{ first: person(3), second: person(12) }] }],
  ])('refuses as %s: %o', async (refusal, change) => {
    await expect(elect(change)).rejects.toEqual(refusedAs(refusal));
  });

  it('refuses a list that was published less than 20 days before', async () => {
    await expect(elect({}, 3, '2019-01-24')).rejects.toEqual(refusedAs('term.VOTER_LIST_LEAD'));
  });

  it('refuses a number that does not follow, and a member of the commission', async () => {
    await expect(elect({ termNumber: 10 }, 5, '2019-06-01')).rejects.toEqual(refusedAs('ballot.TERM_NUMBER'));
    const scene = await reached(3);
    const form = (who: number) =>
      scene.when(stream, 'formElectionCommission', { memberRefs: [person(who)], method: 'ASSEMBLY' }, '2019-01-07');
    await form(3);
    const vote = () => scene.when(stream, 'recordElection', election, '2019-01-31');
    await expect(vote()).rejects.toEqual(refusedAs('ballot.COMMISSION_MEMBER'));
    await form(9);
    await expect(vote()).resolves.toHaveLength(1);
  });

  it('flags a committee without a woman, and one without a list', async () => {
    const results = election.results.map((each) => ({ ...each, woman: false }));
    await expect(elect({ results }, 0)).resolves.toMatchObject([{ data: { flags: ['NO_VOTER_LIST', 'NO_WOMAN'] } }]);
  });

  it('fills what is left in a run-off, by a third of the votes', async () => {
    const scene = await reached(3);
    const first = [...election.results.slice(0, 2), line(3, 'MEMBER', 400), line(4, 'MEMBER', 300)];
    await scene.when(stream, 'recordElection', { ...election, results: first }, '2019-01-31');
    const runOff = (votes: number) =>
      scene.when(
        stream,
        'recordElection',
        { ...election, ballotRound: 2, results: [line(3, 'MEMBER', votes, { elected: true })] },
        '2019-02-02',
      );
    await expect(runOff(299)).rejects.toEqual(refusedAs('ballot.RUNOFF_THIRD'));
    await expect(runOff(300)).resolves.toHaveLength(1);
  });
});

describe('startTerm', () => {
  it('lasts the years of the law on its first day, and tells its planned end ahead', async () => {
    const start = async (on: string) => {
      const scene = await given(...committees);
      await scene.when(stream, 'recordElection', election, '2017-05-01');
      return scene.when(stream, 'startTerm', {}, on);
    };
    await expect(start('2017-05-02')).resolves.toMatchObject([
      { type: 'TermStarted', data: { plannedEndsOn: '2020-05-02' } },
      { type: 'TermRanOut', effectiveOn: '2020-05-02' },
    ]);
    await expect(start('2018-12-29')).resolves.toMatchObject([
      { data: { termNumber: 8, plannedEndsOn: '2023-12-29' } },
      { effectiveOn: '2023-12-29' },
    ]);
  });

  it('refuses a term of nobody', async () => {
    const when = (await reached(3)).when(stream, 'startTerm', {}, '2019-02-01');
    await expect(when).rejects.toEqual(refusedAs('term.NOT_ELECTED'));
  });
});

describe('extendTerm and advanceElection', () => {
  const approved = { assemblyPassedOn: '2020-01-01', townshipReportedOn: '2020-01-05' };
  const move = async (name: string, newEndsOn: string, change: object = {}, steps = 5, header: object = by.county) =>
    (await reached(steps)).when(stream, name, { newEndsOn, ...approved, ...change }, '2020-01-10', header);

  it('move the end by the county’s approval', async () => {
    await expect(move('extendTerm', '2024-08-01')).resolves.toMatchObject([
      { type: 'TermExtended', data: { oldEndsOn: '2024-02-01' } },
      { type: 'TermRanOut', effectiveOn: '2024-08-01' },
    ]);
    await expect(move('advanceElection', '2021-01-31')).resolves.toMatchObject([
      { type: 'TermShortened' },
      { type: 'TermRanOut' },
    ]);
    await expect(move('extendTerm', '2024-02-01')).resolves.toEqual([]);
  });

  it('refuse what the county has not approved, and what is no change of that kind', async () => {
    await expect(move('extendTerm', '2024-08-01', {}, 5, by.township)).rejects.toEqual(refusedAs('act.NOT_AUTHORIZED'));
    const unasked = { assemblyPassedOn: undefined };
    await expect(move('extendTerm', '2024-08-01', unasked)).rejects.toEqual(refusedAs('term.APPROVAL_STEPS'));
    await expect(move('extendTerm', '2023-08-01')).rejects.toEqual(refusedAs('term.NOT_LATER'));
    await expect(move('advanceElection', '2024-08-01')).rejects.toEqual(refusedAs('term.NOT_EARLIER'));
    await expect(move('extendTerm', '2024-08-01', {}, 4)).rejects.toEqual(refusedAs('term.NO_TERM'));
  });
});

describe('completeHandover', () => {
  const hand = { items: ['公章', '账目'] };
  it('flags what came later than ten days, once', async () => {
    const scene = await reached(5);
    const handOver = (on: string) => scene.when(stream, 'completeHandover', hand, on, by.township);
    await expect(handOver('2019-02-11')).resolves.toMatchObject([{ data: { flags: ['LATE_HANDOVER'] } }]);
    await expect(handOver('2019-02-12')).rejects.toEqual(refusedAs('term.HANDED_OVER'));
    const inTime = (await reached(5)).when(stream, 'completeHandover', hand, '2019-02-10', by.township);
    await expect(inTime).resolves.toMatchObject([{ data: { flags: [] } }]);
  });
});

describe('recordByElection', () => {
  const ballot = {
    registered: 1_000,
    votesCast: 800,
    invalid: 0,
    proxyVotes: 0,
    kin: [],
    results: [line(5, 'MEMBER', 500), line(6, 'MEMBER', 200)],
  };
  const fill = async (change: object, resigned = true) => {
    const scene = await reached(5);
    if (resigned) await scene.when(stream, 'acceptResignation', { personRef: person(3) }, '2019-06-01');
    return scene.when(stream, 'recordByElection', { ...ballot, ...change }, '2019-07-01');
  };

  it('fills a vacancy until the term’s end', async () => {
    await expect(fill({ endsOn: '2024-02-01' })).resolves.toMatchObject([
      { type: 'MemberByElected', data: { termNumber: 8, flags: ['NO_VOTER_LIST'] } },
    ]);
  });

  it.each([
    ['ballot.ENDS_LATER', { endsOn: '2024-02-02' }],
    ['ballot.NO_VACANCY', { results: [line(5, 'CHAIR', 500), line(6, 'CHAIR', 200)] }],
    ['ballot.NOBODY', { results: [line(5, 'MEMBER', 300), line(6, 'MEMBER', 200)] }],
    ['ballot.TOO_FEW_CANDIDATES', { results: [line(5, 'MEMBER', 500)] }],
    ['ballot.TURNOUT', { votesCast: 500, results: ballot.results.map((each) => ({ ...each, votes: 200 })) }],
  ])('refuses as %s', async (refusal, change) => {
    await expect(fill(change)).rejects.toEqual(refusedAs(refusal));
  });

  it('refuses a by-election without a vacancy', async () => {
    await expect(fill({}, false)).rejects.toEqual(refusedAs('ballot.NO_VACANCY'));
  });
});

describe('designateNonHukouPilot', () => {
  it('is recorded once a round', async () => {
    const scene = await reached(0);
    const designate = () => scene.when(stream, 'designateNonHukouPilot', { year: 2020 }, '2020-06-01', by.county);
    await expect(designate()).resolves.toMatchObject([{ type: 'NonHukouPilotDesignated', data: { year: 2020 } }]);
    await expect(designate()).resolves.toEqual([]);
  });
});

describe('formSupervisionCommittee beside a committee', () => {
  it('is what an election looks at, and the other way round', async () => {
    const scene = await reached(5);
    const overlapping = { members: [{ personRef: person(3), woman: false, financeKnowledge: true, otherPosts: [] }] };
    const members = [
      ...overlapping.members,
      ...[21, 22].map((who) => ({ ...overlapping.members[0], personRef: person(who) })),
    ];
    const form = { members, headRef: person(21), kin: [] };
    const when = scene.when(supervision, 'formSupervisionCommittee', form, '2019-03-01');
    await expect(when).rejects.toEqual(refusedAs('supervision.COMMITTEE_MEMBER'));
  });
});
