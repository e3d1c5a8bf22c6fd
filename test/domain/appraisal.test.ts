import { describe, expect, it } from 'vitest';
import { by, refusedAs } from '../support/acts.ts';
import { election, person, reached, stream } from '../support/committees-at-work.ts';
import type { Scene } from '../support/given.ts';

const member = (who: number, grade = 'COMPETENT') => ({
  personRef: person(who),
  competent: grade === 'INCOMPETENT' ? 5 : 40,
  basicallyCompetent: 5,
  incompetent: grade === 'INCOMPETENT' ? 40 : 5,
  grade,
});
const appraisal = {
  year: 2019,
  chairRef: person(11),
  assembly: 'REPRESENTATIVES',
  eligible: 60,
  attended: 50,
  results: [member(1), member(2)],
};
const appraise = (scene: Scene, change: object, on = '2019-12-20') =>
  scene.when(stream, 'recordAppraisal', { ...appraisal, ...change }, on);

describe('recordAppraisal', () => {
  it('takes several a year', async () => {
    const scene = await reached(5);
    await expect(appraise(scene, {}, '2019-06-20')).resolves.toHaveLength(1);
    await expect(appraise(scene, {})).resolves.toMatchObject([{ type: 'DemocraticAppraisalHeld' }]);
  });

  it.each([
    ['term.APPRAISAL_CHAIR', { chairRef: person(1) }],
    ['term.APPRAISAL_QUORUM', { attended: 39, results: [] }],
    ['term.APPRAISAL_QUORUM', { assembly: 'ADULTS', eligible: 100 }],
    ['term.APPRAISAL_VOTES', { attended: 51 }],
    ['term.APPRAISAL_AHEAD', { year: 2020 }],
    ['term.NOT_A_MEMBER', { results: [member(9)] }],
  ])('refuses as %s: %o', async (refusal, change) => {
    const results = (change as { results?: unknown[] }).results?.length === 0 ? appraisal.results : undefined;
    const asked = { ...change, ...(results ? { results } : {}) };
    await expect(appraise(await reached(5), asked)).rejects.toEqual(refusedAs(refusal));
  });
});

describe('terminateOffice', () => {
  const end = (scene: Scene, cause: string, header: object = {}) =>
    scene.when(stream, 'terminateOffice', { personRef: person(1), cause }, '2021-02-01', header);

  it('ends an office after two appraisals in a row as incompetent', async () => {
    const scene = await reached(5);
    const incompetent = { results: [member(1, 'INCOMPETENT')] };
    await appraise(scene, incompetent);
    await expect(end(scene, 'TWO_INCOMPETENT')).rejects.toEqual(refusedAs('term.NOT_TWICE_INCOMPETENT'));
    await appraise(scene, { ...incompetent, year: 2020 }, '2020-12-20');
    await expect(end(scene, 'TWO_INCOMPETENT')).resolves.toMatchObject([{ type: 'MemberOfficeTerminated' }]);
  });

  it('refuses it where a better one lies between', async () => {
    const scene = await reached(5);
    await appraise(scene, { results: [member(1, 'INCOMPETENT')] });
    await appraise(scene, { results: [member(1)], year: 2020 }, '2020-06-20');
    await appraise(scene, { results: [member(1, 'INCOMPETENT')], year: 2020 }, '2020-12-20');
    await expect(end(scene, 'TWO_INCOMPETENT')).rejects.toEqual(refusedAs('term.NOT_TWICE_INCOMPETENT'));
  });

  it('refuses a township that removes an elected chair, and says what to send instead', async () => {
    const removing = end(await reached(5), 'OTHER', by.township);
    await expect(removing).rejects.toEqual(refusedAs('term.REMOVAL_NOT_BY_VOTE'));
    await expect(removing).rejects.toMatchObject({
      code: 'E_REMOVAL_NOT_BY_VOTE',
      details: { source: '村民委员会组织法 art. 11, 16', remedy: 'Send recordRecallVote, or acceptResignation.' },
    });
    await expect(end(await reached(5), 'RECALLED')).rejects.toEqual(refusedAs('term.REMOVAL_NOT_BY_VOTE'));
    await expect(end(await reached(5), 'DEATH', by.township)).rejects.toEqual(refusedAs('act.NOT_AUTHORIZED'));
    await expect(end(await reached(5), 'DEATH')).resolves.toHaveLength(1);
  });
});

describe('petitionRecall and recordRecallVote', () => {
  const petition = { personRef: person(1), by: 'VOTERS', petitioners: 200, entitled: 1_000 };
  const vote = {
    personRef: person(1),
    registered: 1_000,
    votesCast: 501,
    inFavour: 251,
    defenceHeard: true,
    recalled: true,
  };
  const ask = (scene: Scene, change: object = {}) =>
    scene.when(stream, 'petitionRecall', { ...petition, ...change }, '2020-03-01');
  const decide = async (change: object, petitioned = true) => {
    const scene = await reached(5);
    if (petitioned) await ask(scene);
    return scene.when(stream, 'recordRecallVote', { ...vote, ...change }, '2020-04-01');
  };

  it('are asked for by a fifth of the voters or a third of the representatives', async () => {
    await expect(ask(await reached(5), { petitioners: 199 })).rejects.toEqual(refusedAs('term.PETITION_TOO_FEW'));
    const representatives = { by: 'REPRESENTATIVES', entitled: 60, petitioners: 19 };
    await expect(ask(await reached(5), representatives)).rejects.toEqual(refusedAs('term.PETITION_TOO_FEW'));
    await expect(ask(await reached(5), { ...representatives, petitioners: 20 })).resolves.toHaveLength(1);
  });

  it('recall by two majorities, once the member was heard', async () => {
    await expect(decide({})).resolves.toMatchObject([{ type: 'MemberRecalled' }]);
    await expect(decide({ recalled: false, inFavour: 250 })).resolves.toMatchObject([{ type: 'RecallRejected' }]);
  });

  it.each([
    ['term.RECALL_TURNOUT', { votesCast: 500 }],
    ['term.RECALL_NOT_MAJORITY', { inFavour: 250 }],
    ['term.DEFENCE_NOT_HEARD', { defenceHeard: false }],
    ['term.RECALL_CARRIED', { recalled: false }],
    ['term.NOT_A_MEMBER', { personRef: person(9) }],
  ])('refuses as %s: %o', async (refusal, change) => {
    await expect(decide(change)).rejects.toEqual(refusedAs(refusal));
  });

  it('refuses a vote that nobody asked for', async () => {
    await expect(decide({}, false)).rejects.toEqual(refusedAs('term.NOT_PETITIONED'));
  });
});

describe('publishAudit', () => {
  const audit = {
    kind: 'END_OF_OFFICE',
    termNumber: 8,
    from: '2019-02-01',
    to: '2020-12-31',
    items: ['CLAIMS_AND_DEBTS'],
  };
  const publish = (scene: Scene, change: object, on = '2021-02-01') =>
    scene.when(stream, 'publishAudit', { ...audit, ...change }, on, by.township);

  it('flags one that was published on the day of the next election', async () => {
    const scene = await reached(5);
    await expect(publish(scene, {})).resolves.toMatchObject([{ data: { flags: [] } }]);
    await scene.when(stream, 'recordElection', { ...election, termNumber: 9 }, '2021-03-01');
    await expect(publish(scene, {}, '2021-03-01')).resolves.toMatchObject([
      { data: { flags: ['AFTER_NEXT_ELECTION'] } },
    ]);
  });

  it('refuses a period that has not ended, and a term that is not there', async () => {
    await expect(publish(await reached(5), { to: '2021-02-02' })).rejects.toEqual(refusedAs('term.AUDIT_PERIOD'));
    await expect(publish(await reached(5), { termNumber: 9 })).rejects.toEqual(refusedAs('term.AUDIT_TERM'));
  });
});
