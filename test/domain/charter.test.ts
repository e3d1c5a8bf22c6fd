import { describe, expect, it } from 'vitest';
import { by, committees, refusedAs, villageIds } from '../support/acts.ts';
import { given, type Scene } from '../support/given.ts';

const stream = `charter-${villageIds.villagers}`;
const village = villageIds.villagers;
const draft = 'a'.repeat(64);
const other = 'b'.repeat(64);
const vote = { assembly: 'ADULTS', eligible: 900, attended: 500, women: 240, inFavour: 480 } as const;

const opinions = { from: '2019-01-01', channels: ['入户'], opinionsReceived: 30, opinionsAdopted: 12 };
const text = { textSha256: draft, topics: ['CONDUCT', 'CUSTOMS'] };
const onFile = { textSha256: draft, filedWith: '石滩镇人民政府' };

/** The steps in their order, each a month after the one before. */
const steps: readonly ((scene: Scene) => Promise<unknown>)[] = [
  (scene) => scene.when(stream, 'openCharterRevision', { kind: 'VILLAGE_RULES' }, '2019-01-01'),
  (scene) => scene.when(stream, 'collectCharterOpinions', opinions, '2019-02-01'),
  (scene) => scene.when(stream, 'draftCharter', text, '2019-03-01'),
  (scene) => scene.when(stream, 'submitCharterForReview', {}, '2019-04-01'),
  (scene) => scene.when(stream, 'passCharterReview', { textSha256: draft }, '2019-05-01', by.township),
  (scene) => scene.when(stream, 'adoptCharter', vote, '2019-06-01'),
  (scene) => scene.when(stream, 'fileCharter', onFile, '2019-07-01', by.township),
  (scene) => scene.when(stream, 'publishCharter', { publishedOn: '2019-08-01', channels: ['公告栏'] }, '2019-08-01'),
];
/** A log in which the first `count` steps were taken. */
async function afterSteps(count: number): Promise<Scene> {
  const scene = await given(...committees);
  for (const take of steps.slice(0, count)) await take(scene);
  return scene;
}

describe('a charter', () => {
  it('comes into force by all its steps', async () => {
    const scene = await afterSteps(8);
    const types = (await scene.log()).filter((event) => event.stream === stream).map(({ type }) => type);
    expect(types).toEqual([
      'CharterRevisionOpened',
      'CharterOpinionsCollected',
      'CharterDrafted',
      'CharterSubmittedForReview',
      'CharterReviewPassed',
      'CharterAdopted',
      'CharterFiled',
      'CharterPublished',
    ]);
  });

  it('takes no step before the one that comes first', async () => {
    const scene = await afterSteps(1);
    for (const take of steps.slice(2, 8)) await expect(take(scene)).rejects.toEqual(refusedAs('charter.STEP_ORDER'));
  });

  it('takes no step where no revision is open', async () => {
    const scene = await afterSteps(0);
    for (const take of steps.slice(1, 8)) await expect(take(scene)).rejects.toEqual(refusedAs('charter.NONE_OPEN'));
  });

  it('is given a number by its village, one more each time', async () => {
    const scene = await afterSteps(8);
    await expect(scene.when(stream, 'openCharterRevision', { kind: 'VILLAGE_RULES' }, '2020-01-01')).resolves.toEqual([
      {
        type: 'CharterRevisionOpened',
        effectiveOn: '2020-01-01',
        data: { village, version: 2, kind: 'VILLAGE_RULES' },
      },
    ]);
  });
});

describe('openCharterRevision', () => {
  it('refuses a second revision, and a kind that is not the village’s', async () => {
    const open = (scene: Scene, kind: string) => scene.when(stream, 'openCharterRevision', { kind }, '2019-02-01');
    await expect(open(await afterSteps(1), 'VILLAGE_RULES')).rejects.toEqual(refusedAs('charter.ALREADY_OPEN'));
    await expect(open(await afterSteps(0), 'RESIDENTS_PACT')).rejects.toEqual(refusedAs('charter.KIND'));
  });
});

describe('collectCharterOpinions', () => {
  it('refuses a period that begins after its end', async () => {
    const late = { ...opinions, from: '2019-03-01' };
    const when = (await afterSteps(1)).when(stream, 'collectCharterOpinions', late, '2019-02-01');
    await expect(when).rejects.toEqual(refusedAs('charter.PERIOD'));
  });
});

describe('passCharterReview and returnCharterReview', () => {
  it('refuse another text than the one submitted', async () => {
    for (const name of ['passCharterReview', 'returnCharterReview']) {
      const when = (await afterSteps(4)).when(stream, name, { textSha256: other }, '2019-05-01', by.township);
      await expect(when).rejects.toEqual(refusedAs('charter.OTHER_TEXT'));
    }
  });

  it('refuse the reviewer of another township', async () => {
    const when = (await afterSteps(4)).when(
      stream,
      'passCharterReview',
      { textSha256: draft },
      '2019-05-01',
      by.otherTownship,
    );
    await expect(when).rejects.toEqual(refusedAs('act.OTHER_TERRITORY'));
  });

  it('send a returned draft back to its making', async () => {
    const scene = await afterSteps(4);
    await scene.when(stream, 'returnCharterReview', { textSha256: draft }, '2019-05-01', by.township);
    await expect(
      scene.when(stream, 'draftCharter', { ...text, textSha256: other }, '2019-05-02'),
    ).resolves.toHaveLength(1);
  });
});

describe('adoptCharter', () => {
  const adopt = async (change: object) =>
    (await afterSteps(5)).when(stream, 'adoptCharter', { ...vote, ...change }, '2019-06-01');

  it.each([
    ['charter.QUORUM', { attended: 450, inFavour: 440 }],
    ['charter.QUORUM', { assembly: 'HOUSEHOLDS', eligible: 300, attended: 199, women: 9, inFavour: 190 }],
    ['charter.NOT_MAJORITY', { inFavour: 250 }],
    ['charter.NO_WOMEN', { women: 0 }],
    ['charter.ASSEMBLY_TYPE', { assembly: 'REPRESENTATIVES', eligible: 60, attended: 50, women: 20, inFavour: 50 }],
  ])('refuses as %s: %o', async (refusal, change) => {
    await expect(adopt(change)).rejects.toEqual(refusedAs(refusal));
  });

  it('takes more than half of the adults, or two thirds of the households', async () => {
    await expect(adopt({ attended: 451, inFavour: 226 })).resolves.toHaveLength(1);
    const households = { assembly: 'HOUSEHOLDS', eligible: 300, attended: 200, women: 9, inFavour: 101 };
    await expect(adopt(households)).resolves.toHaveLength(1);
  });
});

describe('fileCharter', () => {
  it('refuses a text that the assembly did not vote on, and an organ that is not the township’s', async () => {
    const file = async (data: object, header: object) =>
      (await afterSteps(6)).when(stream, 'fileCharter', data, '2019-07-01', header);
    await expect(file({ ...onFile, textSha256: other }, by.township)).rejects.toEqual(
      refusedAs('charter.TEXT_CHANGED'),
    );
    await expect(file(onFile, by.county)).rejects.toEqual(refusedAs('charter.FILED_ELSEWHERE'));
  });
});

describe('publishCharter', () => {
  it('refuses a charter in force before its publication', async () => {
    const early = { publishedOn: '2019-08-02', channels: ['公告栏'] };
    const when = (await afterSteps(7)).when(stream, 'publishCharter', early, '2019-08-01');
    await expect(when).rejects.toEqual(refusedAs('charter.IN_FORCE_EARLY'));
  });
});

describe('a charter in force', () => {
  const order = { article: '第三条', ground: 'COERCIVE_PENALTY' };

  it('is corrected where the township ordered it, and only then', async () => {
    const scene = await afterSteps(8);
    const correct = () => scene.when(stream, 'correctCharter', { textSha256: other }, '2019-10-01');
    await expect(correct()).rejects.toEqual(refusedAs('charter.NOTHING_ORDERED'));
    await scene.when(stream, 'orderCharterCorrection', order, '2019-09-01', by.township);
    await expect(correct()).resolves.toHaveLength(1);
  });

  it('must be there to be corrected', async () => {
    const when = (await afterSteps(7)).when(stream, 'orderCharterCorrection', order, '2019-09-01', by.township);
    await expect(when).rejects.toEqual(refusedAs('charter.NONE_IN_FORCE'));
  });
});
