import { describe, expect, it } from 'vitest';
import { by, committees, refusedAs, villageIds } from '../support/acts.ts';
import { given, type Scene } from '../support/given.ts';

const stream = 'retired-rc_00000001';
const other = 'retired-rc_00000002';
const village = villageIds.villagers;
const personRef = 'p_7Kf2aaaaaaaaaaaaaaaaaaaa';

/** Illustrative: the chair of 1989 to 2011, 269 months in office. */
const record = {
  village,
  personRef,
  posts: [{ post: 'COMMITTEE_CHAIR', from: '1989-01', to: '2011-05' }],
  leftOn: '2011-05-31',
  leaveReason: 'NORMAL',
  vaultRecordId: 'vr_1',
  collectionNoticeShown: true,
};
const service = { countedMonths: 269, interruptions: [], countingRule: 'ALL_POSTS' };
const notice = { from: '2021-01-11', to: '2021-01-15', objections: 0 };
const tier = { minYears: 20, amountFen: '30000', per: 'PERSON_MONTH' };
const approval = { tier, from: '2021-03', inPensionScheme: false, excludesPensioners: true };
const newTier = { ...tier, amountFen: '35000' };

/** The steps in their order. */
const steps: readonly ((scene: Scene) => Promise<unknown>)[] = [
  (scene) => scene.when(stream, 'collectRetiredRecord', record, '2020-12-01', by.township),
  (scene) => scene.when(stream, 'verifyRetiredService', service, '2021-01-04', by.township),
  (scene) => scene.when(stream, 'postRetiredNotice', notice, '2021-01-18', by.township),
  (scene) => scene.when(stream, 'approveRetirementAllowance', approval, '2021-02-01', by.county),
];
async function afterSteps(count: number): Promise<Scene> {
  const scene = await given(...committees);
  for (const take of steps.slice(0, count)) await take(scene);
  return scene;
}

describe('collectRetiredRecord', () => {
  const collect = async (change: object, on = '2020-12-01', at = stream, scene?: Scene) =>
    (scene ?? (await afterSteps(0))).when(at, 'collectRetiredRecord', { ...record, ...change }, on, by.township);

  it('keeps months, village and a reference, and nothing else of the person', async () => {
    expect(await collect({})).toEqual([
      { type: 'RetiredCadreRecordCollected', effectiveOn: '2020-12-01', data: record },
    ]);
  });

  it.each(['RECALLED', 'DISMISSED', 'CONVICTED', 'OFFICE_TERMINATED'])(
    'refuses who left by %s',
    async (leaveReason) => {
      await expect(collect({ leaveReason })).rejects.toEqual(refusedAs('retired.NOT_NORMAL'));
    },
  );

  it('refuses two times in one post that overlap, and takes those in two posts', async () => {
    const posts = (post: string) => [...record.posts, { post, from: '2011-05', to: '2011-05' }];
    await expect(collect({ posts: posts('COMMITTEE_CHAIR') })).rejects.toEqual(refusedAs('retired.POSTS_OVERLAP'));
    await expect(collect({ posts: posts('PARTY_SECRETARY') })).resolves.toHaveLength(1);
  });

  it('refuses a day of leaving before the last post ended', async () => {
    await expect(collect({ leftOn: '2011-04-30' })).rejects.toEqual(refusedAs('retired.LEFT_BEFORE_END'));
  });

  it('refuses who is still in office on the day', async () => {
    await expect(collect({ leftOn: '2020-12-02' })).rejects.toEqual(refusedAs('retired.STILL_IN_OFFICE'));
  });

  it('refuses a second record of the person in the village, under whatever id', async () => {
    const scene = await afterSteps(1);
    await expect(collect({}, '2020-12-02', other, scene)).rejects.toEqual(refusedAs('retired.ALREADY_COLLECTED'));
    await expect(collect({}, '2020-12-02', stream, scene)).rejects.toEqual(refusedAs('retired.ALREADY_COLLECTED'));
    await expect(collect({ personRef: `p_${'b'.repeat(24)}` }, '2020-12-02', other, scene)).resolves.toHaveLength(1);
    await expect(
      collect({ village: villageIds.residents }, '2020-12-02', 'retired-rc_00000003', scene),
    ).resolves.toHaveLength(1);
  });

  it('is taken again once the first was voided', async () => {
    const scene = await afterSteps(1);
    await scene.whenVoided(`${stream}.0`);
    await expect(collect({}, '2020-12-02', other, scene)).resolves.toHaveLength(1);
  });

  it('refuses the county', async () => {
    const scene = await afterSteps(0);
    const when = scene.when(stream, 'collectRetiredRecord', record, '2020-12-01', by.county);
    await expect(when).rejects.toEqual(refusedAs('act.NOT_AUTHORIZED'));
  });
});

describe('verifyRetiredService', () => {
  const verify = async (change: object, posts: object[] = record.posts) => {
    const scene = await afterSteps(0);
    await scene.when(stream, 'collectRetiredRecord', { ...record, posts }, '2020-12-01', by.township);
    return scene.when(stream, 'verifyRetiredService', { ...service, ...change }, '2021-01-04', by.township);
  };

  it('keeps the months that count and the level that verified', async () => {
    expect(await verify({})).toMatchObject([{ data: { village, countedMonths: 269, verifiedBy: 'TOWNSHIP' } }]);
  });

  it('refuses other months than the rule gives, and says which', async () => {
    await expect(verify({ countedMonths: 264 })).rejects.toMatchObject({
      code: 'E_TOTAL_MISMATCH',
      details: { refusal: 'retired.COUNTED_MONTHS', counted: 269 },
    });
  });

  it('counts a month in two posts once, and none of an interruption', async () => {
    const posts = [...record.posts, { post: 'PARTY_SECRETARY', from: '2000-01', to: '2011-05' }];
    const interruptions = [{ from: '1995-01', to: '1995-12' }];
    await expect(verify({ countedMonths: 257, interruptions }, posts)).resolves.toHaveLength(1);
  });

  it('leaves supervision and groups out where the rule is the two committees', async () => {
    const posts = [
      { post: 'COMMITTEE_MEMBER', from: '2000-01', to: '2000-12' },
      { post: 'GROUP_HEAD', from: '2001-01', to: '2001-12' },
    ];
    await expect(verify({ countedMonths: 12, countingRule: 'TWO_COMMITTEES' }, posts)).resolves.toHaveLength(1);
    await expect(verify({ countedMonths: 24, countingRule: 'ALL_POSTS' }, posts)).resolves.toHaveLength(1);
  });

  it('refuses where nothing was collected', async () => {
    await expect(steps[1]?.(await afterSteps(0))).rejects.toEqual(refusedAs('retired.NOT_COLLECTED'));
  });
});

describe('postRetiredNotice', () => {
  const post = async (change: object, count = 2) =>
    (await afterSteps(count)).when(stream, 'postRetiredNotice', { ...notice, ...change }, '2021-01-18', by.township);

  it('takes a notice of the days that the rule asks for, and no shorter one', async () => {
    await expect(post({})).resolves.toHaveLength(1);
    await expect(post({ to: '2021-01-14' })).rejects.toEqual(refusedAs('retired.NOTICE_TOO_SHORT'));
  });

  it('refuses a notice that is not over, and one before the verification', async () => {
    await expect(post({ to: '2021-01-19' })).rejects.toEqual(refusedAs('retired.NOTICE_NOT_OVER'));
    await expect(post({}, 1)).rejects.toEqual(refusedAs('retired.NOT_VERIFIED'));
  });
});

describe('approveRetirementAllowance', () => {
  const approve = (scene: Scene, change: object = {}) =>
    scene.when(stream, 'approveRetirementAllowance', { ...approval, ...change }, '2021-02-01', by.county);

  it('approves the step of the years that count: 22 years are 300 yuan a month', async () => {
    expect(await approve(await afterSteps(3))).toEqual([
      { type: 'RetirementAllowanceApproved', effectiveOn: '2021-02-01', data: { village, ...approval } },
    ]);
  });

  it('refuses what is not verified, or not posted', async () => {
    await expect(approve(await afterSteps(1))).rejects.toEqual(refusedAs('retired.NOT_VERIFIED'));
    await expect(approve(await afterSteps(2))).rejects.toEqual(refusedAs('retired.NOT_POSTED'));
    await expect(approve(await afterSteps(4))).rejects.toEqual(refusedAs('retired.ALREADY_DECIDED'));
  });

  it('refuses the level that verified', async () => {
    const fact = (type: string, effectiveOn: string, data: object) => ({ stream, type, effectiveOn, data });
    const scene = await given(
      ...committees,
      fact('RetiredCadreRecordCollected', '2020-12-01', record),
      fact('RetiredServiceVerified', '2021-01-04', { village, ...service, verifiedBy: 'COUNTY' }),
      fact('RetiredNoticePosted', '2021-01-18', { village, ...notice }),
    );
    await expect(approve(scene)).rejects.toEqual(refusedAs('retired.SAME_LEVEL'));
  });

  it('refuses who draws a pension only where the rule excludes it', async () => {
    const scene = await afterSteps(3);
    await expect(approve(scene, { inPensionScheme: true })).rejects.toEqual(refusedAs('retired.IN_PENSION_SCHEME'));
    await expect(approve(scene, { inPensionScheme: true, excludesPensioners: false })).resolves.toHaveLength(1);
  });

  it('refuses the step of other years, and a month in office', async () => {
    const lower = { minYears: 10, maxYearsExclusive: 20, amountFen: '15000', per: 'PERSON_MONTH' };
    await expect(approve(await afterSteps(3), { tier: lower })).rejects.toEqual(refusedAs('retired.OTHER_TIER'));
    await expect(approve(await afterSteps(3), { from: '2011-05' })).rejects.toEqual(refusedAs('retired.DUE_TOO_EARLY'));
  });

  it('takes a step of a standard that is in the log, and no other', async () => {
    const standard = 's_00000001';
    const adopted = {
      kind: 'RETIREMENT_ALLOWANCE',
      beneficiary: 'RETIRED_CADRE',
      method: 'TIERED',
      tiers: [tier],
      level: 'COUNTY',
      included: [],
      excluded: [],
    };
    const scene = await afterSteps(3);
    await expect(approve(scene, { standard })).rejects.toEqual(refusedAs('retired.UNKNOWN_STANDARD'));
    await scene.store.append(
      `standard-${standard}`,
      [
        {
          type: 'SubsidyStandardAdopted',
          schemaVersion: 1,
          effectiveOn: '2016-01-01',
          subjects: [`standard-${standard}`],
          data: adopted,
          recordedBy: 'test',
          basis: [],
          commandId: 'standard',
          commandHash: '',
          correlationId: 'standard',
        },
      ],
      'any',
    );
    const dearer = { ...tier, amountFen: '40000' };
    await expect(approve(scene, { standard, tier: dearer })).rejects.toEqual(refusedAs('retired.NOT_IN_STANDARD'));
    await expect(approve(scene, { standard })).resolves.toMatchObject([{ data: { standard, tier } }]);
  });

  it('refuses the township', async () => {
    const scene = await afterSteps(3);
    const when = scene.when(stream, 'approveRetirementAllowance', approval, '2021-02-01', by.township);
    await expect(when).rejects.toEqual(refusedAs('act.NOT_AUTHORIZED'));
  });
});

describe('refuseRetirementAllowance', () => {
  const refuse = (scene: Scene, ground: string) =>
    scene.when(stream, 'refuseRetirementAllowance', { ground }, '2021-02-01', by.county);

  it('keeps the ground, and the same again is no event', async () => {
    const scene = await afterSteps(3);
    expect(await refuse(scene, 'IN_PENSION_SCHEME')).toMatchObject([
      { type: 'RetirementAllowanceRefused', data: { ground: 'IN_PENSION_SCHEME' } },
    ]);
    expect(await refuse(scene, 'IN_PENSION_SCHEME')).toEqual([]);
  });

  it('refuses where the service is not verified, or the allowance approved', async () => {
    await expect(refuse(await afterSteps(1), 'NOT_PROVEN')).rejects.toEqual(refusedAs('retired.NOT_VERIFIED'));
    await expect(refuse(await afterSteps(4), 'NOT_PROVEN')).rejects.toEqual(refusedAs('retired.ALREADY_DECIDED'));
  });
});

describe('an allowance that is approved', () => {
  const county = (scene: Scene, name: string, data: object, on: string) =>
    scene.when(stream, name, data, on, by.county);
  const suspend = (scene: Scene) =>
    county(scene, 'suspendRetirementAllowance', { cause: 'NOT_CONFIRMED', from: '2021-04' }, '2021-03-20');
  const resume = (scene: Scene, on = '2021-04-20') =>
    county(scene, 'resumeRetirementAllowance', { from: '2021-05' }, on);
  const die = (scene: Scene, from?: string) =>
    county(scene, 'ceaseRetirementAllowance', { cause: 'DEATH', ...(from ? { from } : {}) }, '2021-04-10');

  it('is suspended, resumed and ended', async () => {
    const scene = await afterSteps(4);
    await expect(suspend(scene)).resolves.toMatchObject([{ type: 'RetirementAllowanceSuspended' }]);
    await expect(suspend(scene)).rejects.toEqual(refusedAs('retired.NOT_RUNNING'));
    await expect(resume(scene)).resolves.toMatchObject([{ type: 'RetirementAllowanceResumed' }]);
    const ended = await county(scene, 'ceaseRetirementAllowance', { cause: 'FRAUD' }, '2021-04-30');
    expect(ended).toMatchObject([{ type: 'RetirementAllowanceCeased', data: { cause: 'FRAUD', from: '2021-05' } }]);
    expect(await county(scene, 'ceaseRetirementAllowance', { cause: 'FRAUD' }, '2021-05-01')).toEqual([]);
  });

  it('is not resumed where it is not suspended', async () => {
    await expect(resume(await afterSteps(4))).rejects.toEqual(refusedAs('retired.NOT_SUSPENDED'));
  });

  it('ends on a death with its month, and is never resumed after', async () => {
    const scene = await afterSteps(4);
    await expect(die(scene)).rejects.toEqual(refusedAs('retired.DEATH_WITHOUT_MONTH'));
    await suspend(scene);
    await expect(die(scene, '2021-05')).resolves.toMatchObject([{ data: { cause: 'DEATH', from: '2021-05' } }]);
    await expect(resume(scene)).rejects.toEqual(refusedAs('retired.AFTER_DEATH'));
    // Not on an earlier day either, for a month after the death.
    await expect(resume(scene, '2021-04-01')).rejects.toEqual(refusedAs('retired.AFTER_DEATH'));
  });

  it('is computed anew, from the old step to the new', async () => {
    const data = { newTier, from: '2021-05', reason: '新标准' };
    expect(await county(await afterSteps(4), 'recomputeRetirementAllowance', data, '2021-04-20')).toMatchObject([
      { type: 'RetirementAllowanceRecomputed', data: { oldTier: tier, newTier, from: '2021-05' } },
    ]);
    const early = county(await afterSteps(3), 'recomputeRetirementAllowance', data, '2021-04-20');
    await expect(early).rejects.toEqual(refusedAs('retired.NOT_RUNNING'));
  });
});
