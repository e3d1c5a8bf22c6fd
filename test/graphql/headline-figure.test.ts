import { fc, it as property } from '@fast-check/vitest';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Qualifier } from '../../src/domain/reported-figure.ts';
import { compareFigures } from '../../src/graphql/figure-comparison.ts';
import { type LedgerApi, ledgerApi } from '../support/ledger-api.ts';
import { listProvince } from '../support/small-province.ts';

describe('compareFigures()', () => {
  it.each<[Qualifier, number, number, boolean]>([
    ['EXACT', 100, 100, true],
    ['EXACT', 101, 100, false],
    ['MORE_THAN', 101, 100, true],
    ['MORE_THAN', 100, 100, false],
    ['AT_LEAST', 100, 100, true],
    ['AT_LEAST', 99, 100, false],
    ['NEARLY', 95, 100, true],
    ['NEARLY', 94, 100, false],
    ['NEARLY', 100, 100, false],
    ['ABOUT', 95, 100, true],
    ['ABOUT', 105, 100, true],
    ['ABOUT', 106, 100, false],
    ['ABOUT', 94, 100, false],
  ])('%s: %i beside %i is %s', (qualifier, derived, reported, holds) => {
    expect(compareFigures(BigInt(derived), BigInt(reported), qualifier)).toEqual({
      holds,
      gap: BigInt(derived - reported),
    });
  });

  const amount = fc.bigInt({ min: 1n, max: 10n ** 15n });
  property.prop([amount, amount])('what is nearly so is about so, and never at least so', (derived, reported) => {
    const holds = (qualifier: Qualifier) => compareFigures(derived, reported, qualifier).holds;
    expect(holds('NEARLY') && (!holds('ABOUT') || holds('AT_LEAST'))).toBe(false);
    expect(holds('AT_LEAST')).toBe(holds('MORE_THAN') || holds('EXACT'));
  });
});

describe('headlineFigures', () => {
  let api: LedgerApi;
  beforeEach(async () => {
    api = await ledgerApi();
    await listProvince(api);
    const source = { title: '乡村治理', publisher: '省民政厅', publishedOn: '2021-05-06' };
    const figure = { unit: '个', scope: '44', source };
    const record = { name: 'recordFigure', effectiveOn: '2021-05-06' };
    await api.tell({
      ...record,
      stream: 'figure-f_villages001',
      data: { ...figure, metric: 'VILLAGES_TOTAL', value: '4', qualifier: 'EXACT' },
    });
    await api.tell({
      ...record,
      stream: 'figure-f_workers0001',
      data: { ...figure, metric: 'COMMUNITY_WORKERS', value: '90000000000', qualifier: 'NEARLY' },
    });
  });

  const fields =
    'metric reported qualifier unit derived holds gap scope asOf source { title publisher publishedOn quote }';

  it('shows what was reported beside what is derived, quasi units left out', async () => {
    const { headlineFigures } = await api.ask(`{ headlineFigures { ${fields} } }`);
    const source = { title: '乡村治理', publisher: '省民政厅', publishedOn: '2021-05-06', quote: null };
    const common = { unit: '个', scope: '44', asOf: null, source };
    expect(headlineFigures).toEqual([
      {
        ...common,
        metric: 'COMMUNITY_WORKERS',
        reported: '90000000000',
        qualifier: 'NEARLY',
        derived: null,
        holds: null,
        gap: null,
      },
      { ...common, metric: 'VILLAGES_TOTAL', reported: '4', qualifier: 'EXACT', derived: '5', holds: false, gap: '1' },
    ]);
  });

  it('shows none before its publication, and derives for the moment', async () => {
    await api.tell({ name: 'delistVillage', stream: 'village-v_baima00001', data: {}, effectiveOn: '2022-01-01' });
    const query = `{ before: at(effectiveOn: "2021-05-05") { headlineFigures { metric } } after: at(effectiveOn: "2022-01-01") { headlineFigures { derived holds gap } } }`;
    expect(await api.ask(query)).toEqual({
      before: { headlineFigures: [] },
      after: {
        headlineFigures: [
          { derived: null, holds: null, gap: null },
          { derived: '4', holds: true, gap: '0' },
        ],
      },
    });
  });
});
