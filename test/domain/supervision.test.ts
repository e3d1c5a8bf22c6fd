import { describe, expect, it } from 'vitest';
import { by, refusedAs } from '../support/acts.ts';
import { person, reached, supervision, supervisor, supervisors } from '../support/committees-at-work.ts';

const form = async (change: object) =>
  (await reached(5)).when(supervision, 'formSupervisionCommittee', { ...supervisors, ...change }, '2019-06-01');

describe('formSupervisionCommittee', () => {
  it('takes three to five, none of them of the committee', async () => {
    await expect(form({})).resolves.toMatchObject([{ type: 'SupervisionCommitteeFormed', data: { flags: [] } }]);
  });

  it.each([
    ['supervision.SIZE', { members: [supervisor(11), supervisor(12)] }],
    ['supervision.SIZE', { members: [11, 12, 13, 14, 15, 16].map((who) => supervisor(who)) }],
    ['supervision.TWICE', { members: [supervisor(11), supervisor(12), supervisor(12)] }],
    ['supervision.HEAD_NOT_A_MEMBER', { headRef: person(19) }],
    ['supervision.COMMITTEE_MEMBER', { members: [supervisor(11), supervisor(12), supervisor(3)] }],
    ['supervision.KIN', { kin: [{ first: person(3), second: person(12) }] }],
    ['supervision.KIN', { kin: [{ first: person(12), second: person(3) }] }],
  ])('refuses as %s: %o', async (refusal, change) => {
    await expect(form(change)).rejects.toEqual(refusedAs(refusal));
  });

  it('flags a head who is party secretary, and want of a member who knows finance', async () => {
    const members = [supervisor(14, { otherPosts: ['PARTY_SECRETARY'] }), supervisor(12), supervisor(13)];
    await expect(form({ members, headRef: person(14) })).resolves.toMatchObject([
      { data: { flags: ['HEAD_IS_PARTY_SECRETARY', 'NO_FINANCE_KNOWLEDGE'] } },
    ]);
  });
});

describe('replaceSupervisionMember', () => {
  const replace = async (leaving: number, joining: number) =>
    (await reached(5)).when(
      supervision,
      'replaceSupervisionMember',
      { leftRef: person(leaving), joined: supervisor(joining), headRef: person(11), kin: [] },
      '2019-06-01',
    );

  it('puts one in place of another', async () => {
    await expect(replace(12, 14)).resolves.toMatchObject([{ type: 'SupervisionMemberReplaced' }]);
  });

  it('refuses one who is not there, and one of the committee', async () => {
    await expect(replace(19, 14)).rejects.toEqual(refusedAs('supervision.NOT_A_MEMBER'));
    await expect(replace(12, 3)).rejects.toEqual(refusedAs('supervision.COMMITTEE_MEMBER'));
  });
});

describe('deployElectionRound', () => {
  const deploy = async (change: object, header: object = by.province) =>
    (await reached(0)).when(
      'round-er_round0001',
      'deployElectionRound',
      { division: '44', year: 2021, from: '2020-12-01', to: '2021-03-31', ...change },
      '2020-11-01',
      header,
    );

  it('is the province’s', async () => {
    await expect(deploy({})).resolves.toMatchObject([{ type: 'ElectionRoundDeployed', data: { year: 2021 } }]);
    await expect(deploy({}, by.county)).rejects.toEqual(refusedAs('act.NOT_AUTHORIZED'));
    await expect(deploy({ year: 2023 })).rejects.toEqual(refusedAs('round.OTHER_YEAR'));
  });
});
