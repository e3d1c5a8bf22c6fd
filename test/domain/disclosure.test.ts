import { describe, expect, it } from 'vitest';
import { by, committees, refusedAs, villageIds } from '../support/acts.ts';
import { given, type Scene } from '../support/given.ts';

const stream = `disclosure-${villageIds.villagers}`;
const standardStream = 'disclosurestandard-ds_aaaaaaaa';
const disclosed = {
  period: '2019-Q1',
  category: 'FINANCE',
  phase: 'AFTER',
  contentSha256: 'a'.repeat(64),
  channels: ['公告栏'],
  reviewedBySupervisionOn: '2019-04-01',
};
const dimensions = ['A', 'B', 'C', 'D', 'E'].map((code) => ({ code, name: `维度${code}` }));
const standard = { code: 'WUHUA', name: '五化', scope: '44', dimensions };

const publish = (scene: Scene, change: object = {}, header: object = {}) =>
  scene.when(stream, 'publishDisclosure', { ...disclosed, ...change }, '2019-04-05', header);

describe('disclosure', () => {
  it('is made once a period, category and phase, and then corrected', async () => {
    const scene = await given(...committees);
    expect(await publish(scene)).toHaveLength(1);
    await expect(publish(scene)).rejects.toEqual(refusedAs('disclosure.PUBLISHED_ALREADY'));
    expect(await publish(scene, { contentSha256: 'b'.repeat(64) }, { corrects: `${stream}.0` })).toHaveLength(1);
  });

  it('is flagged without a review, and refused before its period unless it is a plan', async () => {
    const scene = await given(...committees);
    const [fact] = await publish(scene, { reviewedBySupervisionOn: undefined });
    expect(fact?.data).toMatchObject({ flags: ['WITHOUT_SUPERVISION_REVIEW'] });
    await expect(publish(scene, { period: '2019-Q3' })).rejects.toEqual(refusedAs('disclosure.PERIOD_AHEAD'));
    expect(await publish(scene, { period: '2019-Q3', phase: 'BEFORE' })).toHaveLength(1);
  });

  it('is objected to, and answered by the body before whom the objection was brought', async () => {
    const scene = await given(...committees);
    const objection = { period: '2019-Q1', category: 'FINANCE', addressedTo: 'TOWNSHIP', matter: '漏项' };
    await scene.when(stream, 'raiseDisclosureObjection', objection, '2019-05-01');
    const answer = (number: number, header: object) =>
      scene.when(stream, 'answerDisclosureObjection', { objection: number, answer: '已补' }, '2019-05-10', header);
    await expect(answer(1, {})).rejects.toEqual(refusedAs('disclosure.WRONG_BODY'));
    await expect(answer(2, by.township)).rejects.toEqual(refusedAs('disclosure.OBJECTION_UNKNOWN'));
    await expect(answer(1, by.otherTownship)).rejects.toEqual(refusedAs('act.OTHER_TERRITORY'));
    expect(await answer(1, by.township)).toHaveLength(1);
  });

  it('is ordered from above, never by the village', async () => {
    const scene = await given(...committees);
    const order = (header: object) =>
      scene.when(stream, 'orderDisclosure', { period: '2019-Q1', category: 'FINANCE' }, '2019-05-01', header);
    await expect(order({})).rejects.toEqual(refusedAs('act.NOT_AUTHORIZED'));
    expect(await order(by.county)).toHaveLength(1);
  });

  it('is assessed by the standard’s dimensions, from the township up', async () => {
    const scene = await given(...committees);
    const results = dimensions.map(({ code }) => ({ dimension: code, met: true }));
    const assess = (change: object = {}, header: object = by.township) =>
      scene.when(stream, 'assessDisclosure', { standard: 'ds_aaaaaaaa', results, ...change }, '2019-06-01', header);
    await expect(assess()).rejects.toEqual(refusedAs('disclosure.STANDARD_UNKNOWN'));
    await scene.when(standardStream, 'defineDisclosureStandard', standard, '2019-01-01', by.province);
    await expect(assess({ results: results.slice(1) })).rejects.toEqual(refusedAs('disclosure.OTHER_DIMENSIONS'));
    await expect(assess({}, {})).rejects.toEqual(refusedAs('act.NOT_AUTHORIZED'));
    expect((await assess())[0]?.data).toMatchObject({ allMet: true });
  });
});

describe('a standard of disclosure', () => {
  it('has five dimensions where it is the 五化, and is defined once', async () => {
    const scene = await given(...committees);
    const define = (change: object = {}) =>
      scene.when(standardStream, 'defineDisclosureStandard', { ...standard, ...change }, '2019-01-01', by.province);
    await expect(define({ dimensions: dimensions.slice(1) })).rejects.toEqual(
      refusedAs('disclosurestandard.FIVE_DIMENSIONS'),
    );
    await define();
    await expect(define()).rejects.toEqual(refusedAs('disclosurestandard.DEFINED_ALREADY'));
  });
});
