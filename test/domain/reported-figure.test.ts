import { describe, expect, it } from 'vitest';
import { commandCatalogue } from '../../src/domain/index.ts';
import { given } from '../support/given.ts';

const stream = 'figure-f_villages00';
const figure = {
  metric: 'VILLAGES_TOTAL',
  value: '26361',
  unit: 'villages',
  qualifier: 'EXACT',
  scope: '44',
  source: { title: '让基层治理更有温度', publisher: '南方日报', publishedOn: '2021-05-06' },
};
const day = '2021-05-06';
const refused = (code: string) => expect.objectContaining({ code });

describe('recordFigure', () => {
  it('records a figure once', async () => {
    const scene = await given();
    await expect(scene.when(stream, 'recordFigure', figure, day)).resolves.toEqual([
      { type: 'ReportedFigureRecorded', effectiveOn: day, data: figure },
    ]);
    const quoted = { ...figure, source: { ...figure.source, quote: '全省共有26361个村（社区）' } };
    await expect(scene.when(stream, 'recordFigure', quoted, day)).resolves.toEqual([]);
  });

  it.each([{ value: '26362' }, { qualifier: 'ABOUT' }, { unit: 'committees' }, { scope: '4401' }])(
    'refuses it with another %o',
    async (change) => {
      const scene = await given({ stream, type: 'ReportedFigureRecorded', effectiveOn: day, data: figure });
      const when = scene.when(stream, 'recordFigure', { ...figure, ...change }, day);
      await expect(when).rejects.toEqual(refused('E_ALREADY_EXISTS'));
    },
  );
});

describe('replaceFigure', () => {
  const replaced = { ...figure, value: '26375', reason: 'A misprint.' };
  const scene = () => given({ stream, type: 'ReportedFigureRecorded', effectiveOn: day, data: figure });

  it('records the new figure once', async () => {
    const log = await scene();
    await expect(log.when(stream, 'replaceFigure', replaced, day)).resolves.toEqual([
      { type: 'ReportedFigureReplaced', effectiveOn: day, data: replaced },
    ]);
    await expect(log.when(stream, 'replaceFigure', replaced, day)).resolves.toEqual([]);
  });

  it.each([{ metric: 'LOCAL_STANDARDS' }, { scope: '4401' }])('refuses another %o', async (change) => {
    const when = (await scene()).when(stream, 'replaceFigure', { ...replaced, ...change }, day);
    await expect(when).rejects.toEqual(refused('E_FIGURE_INVALID'));
  });

  it('refuses a figure that was never recorded', async () => {
    await expect((await given()).when(stream, 'replaceFigure', replaced, day)).rejects.toEqual(refused('E_NOT_FOUND'));
  });
});

describe('a rate', () => {
  const definition = commandCatalogue.get('recordFigure')?.definition;
  const rate = (value: string) =>
    definition?.schema.safeParse({ ...figure, metric: 'CHARTER_REVISED_RATE', value }).success;

  it('is at most 10000 basis points', () => {
    expect(rate('10000')).toBe(true);
    expect(rate('10001')).toBe(false);
  });

  it('is a whole number, without a sign or leading zeros', () => {
    expect(['-1', '01', '1.5', '', '1e3'].filter(rate)).toEqual([]);
  });
});
