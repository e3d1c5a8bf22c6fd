import { beforeEach, describe, expect, it } from 'vitest';
import { shareBp } from '../../src/domain/share.ts';
import { by } from '../support/acts.ts';
import { election, person, seats, supervisors, voterList } from '../support/committees-at-work.ts';
import { undocumented } from '../support/given.ts';
import { type LedgerApi, ledgerApi } from '../support/ledger-api.ts';
import { listProvince } from '../support/small-province.ts';

const village = 'v_xiawei0001';
let api: LedgerApi;
let sent = 0;

/** Sends a mutation on a village; the standing of its term as the answer says it. */
async function send(name: string, effectiveOn: string, input: object, header: object = {}) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  sent += 1;
  const query = `mutation($i: ${type}!) { ${name}(input: $i) { village { term { standing } } } }`;
  const i = { commandId: `sent-${sent}`, effectiveOn, basis: undocumented, village, ...header, ...input };
  return (await api.ask(query, { i }))[name];
}

/** Seats, list, election, and the day after it the term. */
async function elect() {
  await send('approveCommitteeSeats', '2019-01-02', seats, by.township);
  await send('publishVoterList', '2019-01-05', voterList);
  await send('recordElection', '2019-01-31', election);
  await send('startTerm', '2019-02-01', {});
}

beforeEach(async () => {
  api = await ledgerApi();
  await listProvince(api);
});

describe('the term of a committee', () => {
  it('is what mutations recorded, at any moment', async () => {
    await elect();
    const asked = `{ village(id: "${village}") { term {
      termNumber standing electedOn startedOn seats seatsApproved members { personRef post woman isNonHukou otherPosts }
      registered votesCast turnoutBp handoverOn lateHandover pilotYear next { termNumber members { personRef } } } } }`;
    const { early, elected, now } = await api.ask(`{ early: at(effectiveOn: "2019-01-01") ${asked}
      elected: at(effectiveOn: "2019-01-31") ${asked} now: at(effectiveOn: "2019-02-01") ${asked} }`);
    expect(early.village.term).toBeNull();
    expect(elected.village.term).toMatchObject({
      standing: 'NONE',
      members: [],
      turnoutBp: null,
      next: { termNumber: 8, members: [{ personRef: person(1) }, { personRef: person(2) }, { personRef: person(3) }] },
    });
    expect(now.village.term).toMatchObject({
      termNumber: 8,
      standing: 'IN_OFFICE',
      electedOn: '2019-01-31',
      startedOn: '2019-02-01',
      seats: 3,
      registered: 1_000,
      votesCast: 900,
      turnoutBp: 9_000,
      lateHandover: false,
      next: null,
    });
    expect(now.village.term.members[0]).toEqual({
      personRef: person(1),
      post: 'CHAIR',
      woman: false,
      isNonHukou: false,
      otherPosts: ['PARTY_SECRETARY'],
    });
  });

  it('holds over from the day on which it was to end', async () => {
    await elect();
    const asked = `{ village(id: "${village}") { term { standing plannedEndsOn members { post } } }
      division(code: "440118") { tally { terms { committees holdingOver } } } }`;
    const ends = (await api.ask(asked)).village.term.plannedEndsOn;
    expect(ends).toBe('2024-02-01');
    const { before, after } = await api.ask(`{ before: at(effectiveOn: "2024-01-31") ${asked}
      after: at(effectiveOn: "${ends}") ${asked} }`);
    expect(before.village.term.standing).toBe('IN_OFFICE');
    expect(after.village.term).toMatchObject({ standing: 'HOLDING_OVER', members: [{}, {}, {}] });
    expect(before.division.tally.terms).toEqual({ committees: 1, holdingOver: 0 });
    expect(after.division.tally.terms).toEqual({ committees: 1, holdingOver: 1 });
  });
});

describe('the board of a year’s elections', () => {
  it('adds up counties, and cities that have none', async () => {
    await elect();
    const board = `{ termBoard(year: 2019) { division { code } villages
      terms { committees members women womenBp crossAppointments combinedPosts turnoutBp } }
      other: termBoard(year: 2018, within: "4401") { division { code } terms { committees womenBp } }
      nowhere: termBoard(year: 2019, within: "45") { villages } }`;
    const { termBoard, other, nowhere } = await api.ask(board);
    const none = { committees: 0, members: 0, women: 0, womenBp: null, turnoutBp: null };
    expect(termBoard).toEqual([
      {
        division: { code: '440118' },
        villages: 5,
        terms: {
          committees: 1,
          members: 3,
          women: 1,
          womenBp: 3_333,
          crossAppointments: 1,
          combinedPosts: 1,
          turnoutBp: 9_000,
        },
      },
      { division: { code: '4419' }, villages: 1, terms: { ...none, crossAppointments: 0, combinedPosts: 0 } },
    ]);
    expect(other).toEqual([{ division: { code: '440118' }, terms: { committees: 0, womenBp: null } }]);
    expect(nowhere).toEqual([]);
  });

  it('takes shares of the sums, as 增城 published of its round of 2021: 629 women of 2,270 cadres, 27.7 %', () => {
    expect(shareBp(629, 1_963 + 307)).toBe(2_771);
    expect(shareBp(0, 0)).toBeNull();
  });
});

describe('the supervision committee and appraisals', () => {
  it('are those of the moment, counted below divisions and by year', async () => {
    await send('formSupervisionCommittee', '2019-01-06', supervisors);
    await elect();
    const votes = { competent: 30, basicallyCompetent: 0, incompetent: 0, grade: 'COMPETENT' };
    await send('recordAppraisal', '2020-01-10', {
      year: 2019,
      chairRef: person(11),
      assembly: 'REPRESENTATIVES',
      eligible: 40,
      attended: 30,
      results: [{ personRef: person(1), ...votes }],
    });
    const { now, before } = await api.ask(
      `{ before: at(effectiveOn: "2019-12-31") ${appraised} now: at(effectiveOn: "2020-01-10") ${appraised} }`,
    );
    expect(before.village).toEqual({ supervision: expect.objectContaining({ headRef: person(11) }), appraisals: null });
    expect(before.appraisalBoard[0].appraisals).toEqual({ appraised: 0, competent: 0 });
    expect(now.village).toEqual({
      supervision: {
        headRef: person(11),
        formedOn: '2019-01-06',
        flags: [],
        members: [{}, {}, {}].map((_, at) => ({ personRef: person(11 + at) })),
      },
      appraisals: {
        held: 1,
        lastYear: 2019,
        attended: 30,
        grades: [{ personRef: person(1), grade: 'COMPETENT', twiceIncompetent: false }],
        audits: 0,
        lastAudit: null,
      },
    });
    expect(now.division.tally).toEqual({
      appraisals: { appraised: 1 },
      terms: { supervisionCommittees: 1, supervisors: 3 },
    });
    expect(now.appraisalBoard).toEqual([
      { division: { code: '440118' }, villages: 5, appraisals: { appraised: 1, competent: 1 } },
    ]);
  });
});

const appraised = `{
  village(id: "${village}") { supervision { headRef formedOn flags members { personRef } }
    appraisals { held lastYear attended grades { personRef grade twiceIncompetent } audits lastAudit { kind } } }
  division(code: "44") { tally { appraisals { appraised } terms { supervisionCommittees supervisors } } }
  appraisalBoard(within: "4401", year: 2019) { division { code } villages appraisals { appraised competent } } }`;

describe('rounds of elections', () => {
  it('are listed, the latest first, of a year alone where it is asked', async () => {
    const deploy = `mutation($i: DeployElectionRoundInput!) { deployElectionRound(input: $i) { events { summary } } }`;
    for (const year of [2017, 2021]) {
      const dates = { from: `${year - 1}-12-01`, to: `${year}-04-30`, effectiveOn: `${year - 1}-11-01` };
      const i = { commandId: `round-${year}`, basis: undocumented, ...by.province, division: '44', year, ...dates };
      await api.ask(deploy, { i });
    }
    const { all, one, before } =
      await api.ask(`{ all: electionRounds { year from } one: electionRounds(year: 2017) { year }
      before: at(effectiveOn: "2020-10-31") { electionRounds { year } } }`);
    expect(all).toEqual([
      { year: 2021, from: '2020-12-01' },
      { year: 2017, from: '2016-12-01' },
    ]);
    expect(one).toEqual([{ year: 2017 }]);
    expect(before.electionRounds).toEqual([{ year: 2017 }]);
  });
});
