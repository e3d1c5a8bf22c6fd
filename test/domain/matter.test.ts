import { describe, expect, it } from 'vitest';
import { checkPartyStudy } from '../../src/domain/matter-rules.ts';
import { ruleSet } from '../../src/domain/rule-set.ts';
import type { World } from '../../src/domain/world.ts';
import type { DecisionContext } from '../../src/es/aggregate.ts';
import { by, committees, refusedAs, villageIds } from '../support/acts.ts';
import { given, type Scene } from '../support/given.ts';

const stream = 'matter-m_aaaaaaaa';
const village = villageIds.villagers;
const raised = { village, title: '修路', category: 'PUBLIC_GOOD', raisedBy: 'RESIDENT', important: true } as const;
const called = {
  form: 'REPRESENTATIVE_ASSEMBLY',
  noticeOn: '2017-08-10',
  startsAt: '14:30',
  termNumber: 7,
  session: 3,
};
const present = { eligible: 69, attended: 61, absenceReasonsRecorded: true };
const votes = { outcome: 'ADOPTED', inFavour: 55, against: 4, abstained: 2 };

async function raisedMatter(change: object = {}): Promise<Scene> {
  const scene = await given(...committees);
  await scene.when(stream, 'raiseMatter', { ...raised, ...change }, '2017-08-01');
  return scene;
}
async function heldMatter(change: object = {}): Promise<Scene> {
  const scene = await raisedMatter(change);
  await scene.when(stream, 'conveneDeliberation', called, '2017-08-12');
  await scene.when(stream, 'recordDeliberation', present, '2017-08-12');
  return scene;
}
async function resolvedMatter(outcome = 'ADOPTED'): Promise<Scene> {
  const scene = await heldMatter();
  await scene.when(stream, 'decideMatter', { ...votes, outcome }, '2017-08-12');
  return scene;
}

describe('a matter', () => {
  it('is deliberated by representatives two days after the notice', async () => {
    const scene = await raisedMatter();
    await scene.when(stream, 'conveneDeliberation', called, '2017-08-12');
    expect(await scene.when(stream, 'recordDeliberation', present, '2017-08-12')).toEqual([
      { type: 'DeliberationHeld', effectiveOn: '2017-08-12', data: { village, ...called, ...present } },
    ]);
  });

  it('is resolved, published and carried out', async () => {
    const scene = await resolvedMatter();
    await scene.when(stream, 'publishResolution', { channels: ['公告栏'] }, '2017-08-13');
    await scene.when(stream, 'reportBlockedResolution', { reason: '等待资金' }, '2017-09-01');
    await scene.when(stream, 'reportImplementation', { result: '已完成' }, '2017-10-01');
    expect(await scene.when(stream, 'reportImplementation', { result: '已完成' }, '2017-11-01')).toEqual([]);
    expect((await scene.log()).filter((event) => event.stream === stream).map(({ type }) => type)).toEqual([
      'MatterRaised',
      'DeliberationConvened',
      'DeliberationHeld',
      'MatterResolved',
      'ResolutionPublished',
      'ResolutionBlocked',
      'ResolutionImplemented',
    ]);
  });

  it('is referred to the township', async () => {
    const scene = await raisedMatter();
    const facts = await scene.when(stream, 'referMatterUp', { reason: '涉及邻村' }, '2017-08-05');
    expect(facts.map(({ type }) => type)).toEqual(['MatterReferredToTownship']);
  });

  it('takes no step before the one that comes first', async () => {
    const scene = await raisedMatter();
    await expect(scene.when(stream, 'decideMatter', votes, '2017-08-12')).rejects.toEqual(
      refusedAs('matter.STEP_ORDER'),
    );
    await expect(scene.when('matter-m_bbbbbbbb', 'decideMatter', votes, '2017-08-12')).rejects.toEqual(
      refusedAs('matter.UNKNOWN'),
    );
  });

  it('is first studied by the party organisation where it is important and the law asks it', async () => {
    const scene = await given(...committees);
    const raise = (partyStudyOn: string | undefined, on: string) =>
      scene.when(stream, 'raiseMatter', { ...raised, partyStudyOn }, on);
    await expect(raise('2020-02-02', '2020-02-01')).rejects.toEqual(refusedAs('matter.PARTY_STUDY_LATE'));
    expect(await raise(undefined, '2020-02-01')).toHaveLength(1);
    // The change of law lies after the tests' today: so the rule is asked itself.
    const check = async (effectiveOn: string) =>
      checkPartyStudy(true, undefined, { effectiveOn, world: { rules: ruleSet } as World } as DecisionContext<World>);
    await expect(check('2025-12-31')).resolves.toBeUndefined();
    await expect(check('2026-01-01')).rejects.toEqual(refusedAs('matter.PARTY_STUDY'));
  });

  it('calls a villagers’ assembly ten days before', async () => {
    const scene = await raisedMatter();
    const call = (noticeOn: string) =>
      scene.when(stream, 'conveneDeliberation', { form: 'VILLAGERS_ASSEMBLY', noticeOn }, '2017-08-12');
    await expect(call('2017-08-03')).rejects.toEqual(refusedAs('matter.NOTICE_SHORT'));
    await expect(call('2017-08-13')).rejects.toEqual(refusedAs('matter.NOTICE_AFTER_MEETING'));
    expect(await call('2017-08-02')).toHaveLength(1);
  });

  it('is flagged where a dispute is called without anybody affected', async () => {
    const scene = await raisedMatter({ category: 'DISPUTE' });
    const [fact] = await scene.when(stream, 'conveneDeliberation', called, '2017-08-12');
    expect(fact?.data).toMatchObject({ flags: ['NO_AFFECTED_PARTY'] });
  });

  it('needs two thirds of the representatives', async () => {
    const scene = await raisedMatter();
    await scene.when(stream, 'conveneDeliberation', called, '2017-08-12');
    const hold = (attended: number) =>
      scene.when(stream, 'recordDeliberation', { eligible: 69, attended }, '2017-08-12');
    await expect(hold(45)).rejects.toEqual(refusedAs('matter.QUORUM'));
    expect(await hold(46)).toHaveLength(1);
  });

  it('counts every vote, and asks for more than half', async () => {
    const scene = await heldMatter();
    const decide = (change: object) => scene.when(stream, 'decideMatter', { ...votes, ...change }, '2017-08-12');
    await expect(decide({ against: 5 })).rejects.toEqual(refusedAs('matter.VOTES_SUM'));
    await expect(decide({ inFavour: 30, against: 29 })).rejects.toEqual(refusedAs('matter.NOT_MAJORITY'));
  });

  it('is decided by representatives only where the assembly has not kept it, or authorised them', async () => {
    const scene = await heldMatter({ reservedToAssembly: true });
    const decide = (change: object) => scene.when(stream, 'decideMatter', { ...votes, ...change }, '2017-08-12');
    await expect(decide({})).rejects.toEqual(refusedAs('matter.RESERVED'));
    expect(await decide({ authorisedOn: '2017-01-10' })).toHaveLength(1);
  });

  it('is not carried out where it was not adopted, and is flagged where it was not published', async () => {
    const carryOut = (scene: Scene) => scene.when(stream, 'reportImplementation', { result: '已完成' }, '2017-10-01');
    await expect(carryOut(await resolvedMatter('REJECTED'))).rejects.toEqual(refusedAs('matter.NOT_ADOPTED'));
    const [fact] = await carryOut(await resolvedMatter());
    expect(fact?.data).toMatchObject({ flags: ['BEFORE_PUBLICATION'] });
  });

  it('is the village’s own', async () => {
    const scene = await given(...committees);
    await expect(scene.when(stream, 'raiseMatter', raised, '2017-08-01', by.township)).rejects.toEqual(
      refusedAs('act.NOT_AUTHORIZED'),
    );
  });
});
