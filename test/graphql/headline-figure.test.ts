import { fc, it as property } from '@fast-check/vitest';
import { beforeEach, describe, expect, it } from 'vitest';
import { Metric, type Qualifier } from '../../src/domain/reported-figure.ts';
import { compareFigures } from '../../src/graphql/figure-comparison.ts';
import { by } from '../support/acts.ts';
import { undocumented } from '../support/given.ts';
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

describe('the derived figures', () => {
  let api: LedgerApi;
  let acts = 0;
  beforeEach(async () => {
    api = await ledgerApi();
    await listProvince(api);
  });

  const day = '2019-01-01';
  const source = { title: '乡村治理', publisher: '省民政厅', publishedOn: day };
  const figure = (metric: string) => ({ metric, value: '1', qualifier: 'EXACT', unit: '个', scope: '44', source });
  const act = async (name: string, stream: string, data: object, header: object = {}, on = day) =>
    api.tell({ name, stream, data, effectiveOn: on, basis: undocumented, ...header });
  const honour = (title: string, holder: object) => {
    acts += 1;
    const data = { title, level: 'CENTRE', ...holder };
    return act('conferHonour', `honour-h_figure${String(acts).padStart(4, '0')}`, data, by.centre);
  };

  async function derivedFrom(metric: string, on = day): Promise<string | null> {
    const stream = `figure-f_${metric.toLowerCase().replaceAll('_', '').padEnd(8, '0')}`;
    await api.tell({ name: 'recordFigure', stream, data: figure(metric), effectiveOn: day });
    const query = 'query($on: LocalDate!) { at(effectiveOn: $on) { headlineFigures { metric derived } } }';
    const found: { metric: string; derived: string | null }[] = (await api.ask(query, { on })).at.headlineFigures;
    return found.find((each) => each.metric === metric)?.derived ?? null;
  }

  it('are null where the log records nothing of the kind, all but the number of villages', async () => {
    for (const metric of Metric.options.filter((each) => each !== 'VILLAGES_TOTAL')) {
      expect([metric, await derivedFrom(metric)]).toEqual([metric, null]);
    }
    expect(await derivedFrom('VILLAGES_TOTAL')).toBe('5');
  });

  it.each([
    ['HARMONIOUS_COMMUNITIES', '全国和谐社区建设示范社区', { holderType: 'VILLAGE', village: 'v_shitan0001' }],
    ['HAPPY_RURAL_UNITS', '全国农村幸福社区建设示范单位', { holderType: 'DISTRICT', division: 'd_zengcheng1' }],
    ['CHARTER_EXEMPLARS', '村规民约（居民公约）典型', { holderType: 'VILLAGE', village: 'v_baima00001' }],
    [
      'INNOVATION_AWARDS',
      '中国社区治理十大创新成果',
      { holderType: 'PROJECT', division: 'd_zengcheng1', project: '赋权' },
    ],
  ])('count the honours of a title that are held: %s', async (metric, title, holder) => {
    await honour(title, holder);
    await honour('另一荣誉', holder);
    expect(await derivedFrom(metric)).toBe('1');
    const stream = `honour-h_figure${String(acts - 1).padStart(4, '0')}`;
    await act('revokeHonour', stream, { reason: '复核未通过' }, by.centre, '2020-01-01');
    expect(await derivedFrom(metric, '2020-01-01')).toBe('0');
  });

  it('count the local standards in force', async () => {
    const standard = { title: '城乡社区协商工作规范', issuers: ['省'], publishedOn: day };
    await act('publishLocalStandard', 'document-pd_standard1', standard, by.province);
    await act('publishLocalStandard', 'document-pd_standard2', standard, by.centre);
    expect(await derivedFrom('LOCAL_STANDARDS')).toBe('1');
    await act('repealPolicyDocument', 'document-pd_standard1', {}, by.province, '2020-01-01');
    expect(await derivedFrom('LOCAL_STANDARDS', '2020-01-01')).toBe('0');
  });

  it('count platforms, a village’s several too, and designated sites', async () => {
    const stream = 'deliberation-v_xiawei0001';
    for (const name of ['议事大厅', '议事亭']) await act('openDeliberationPlatform', stream, { name, form: 'HALL' });
    await act('designateDemonstrationSite', stream, { platform: '议事大厅', level: 'COUNTY' }, by.county);
    expect(await derivedFrom('DELIBERATION_PLATFORMS')).toBe('2');
    await act('closeDeliberationPlatform', stream, { name: '议事亭' }, {}, '2020-01-01');
    expect(await derivedFrom('DELIBERATION_DEMO_SITES', '2020-01-01')).toBe('1');
  });

  it('give rates of all committees in basis points, rounded down', async () => {
    await act('openCharterRevision', 'charter-v_xiawei0001', { kind: 'VILLAGE_RULES' });
    expect(await derivedFrom('CHARTER_REVISED_RATE')).toBe('0');
    const dimensions = ['A', 'B', 'C', 'D', 'E'].map((code) => ({ code, name: `维度${code}` }));
    const standard = { code: 'WUHUA', name: '五化', scope: '44', dimensions };
    await act('defineDisclosureStandard', 'disclosurestandard-ds_aaaaaaaa', standard, by.province);
    const assessment = {
      standard: 'ds_aaaaaaaa',
      results: dimensions.map((each) => ({ dimension: each.code, met: true })),
    };
    await act('assessDisclosure', 'disclosure-v_xiawei0001', assessment, by.township);
    expect(await derivedFrom('DISCLOSURE_FIVE_RATE')).toBe('2000');
  });

  it('take a division’s own last report, and none where definitions differ', async () => {
    const workers = { division: 'd_province01', definitionCode: 'ALL', headcount: 290_000, qualifier: 'EXACT' };
    const report = (id: number, change: object, on: string) =>
      act('reportWorkforce', `workforce-wf_workers00${id}`, { ...workers, ...change }, by.province, on);
    await report(1, {}, '2018-01-01');
    await report(2, { headcount: 295_000 }, day);
    expect(await derivedFrom('COMMUNITY_WORKERS')).toBe('295000');
    await report(3, { definitionCode: 'PAID', headcount: 5 }, day);
    expect(await derivedFrom('COMMUNITY_WORKERS')).toBeNull();
    const period = { periodFrom: '2018-01-01', periodTo: '2018-12-31', personTimes: 8_130_000 };
    const served = { division: 'd_province01', ...period, qualifier: 'EXACT', unit: 'PERSON_TIMES' };
    await act('reportServiceTally', 'workforce-wf_served0001', served, by.province);
    expect(await derivedFrom('SERVICE_PERSON_TIMES')).toBe('8130000');
  });

  it('count what the province’s first list cancels, and the tiers in which a point is open', async () => {
    const list = { kind: 'PROHIBITED', level: 'PROVINCE', division: '44', batch: 1, itemsTotal: 23, items: [] };
    await act('publishCertificateList', 'certlist-cl_province0', list, by.province, '2024-01-01');
    expect(await derivedFrom('CERTIFICATES_CANCELLED', '2024-01-01')).toBe('23');
    const hall = { name: '中心', itemsOffered: 9, online: true };
    const open = (id: string, data: object) =>
      act('openServicePoint', `servicepoint-${id}`, { ...hall, ...data }, by.province);
    await open('sp_province0', { tier: 'PROVINCE', division: 'd_province01' });
    await open('sp_dongguan0', { tier: 'PREFECTURE', division: 'd_dongguan01', parent: 'sp_province0' });
    await open('sp_humen0000', { tier: 'TOWNSHIP', division: 'd_humen00001', parent: 'sp_dongguan0' });
    await open('sp_village00', { tier: 'VILLAGE', village: 'v_humen00001', parent: 'sp_humen0000' });
    expect(await derivedFrom('SERVICE_TIERS')).toBe('4');
  });
});
