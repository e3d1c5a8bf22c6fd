import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divisions } from '../../projections/divisions.ts';
import { editions } from '../../projections/editions.ts';
import { identityReviews } from '../../projections/identity-reviews.ts';
import { projections } from '../../projections/index.ts';
import { reportedFigures } from '../../projections/reported-figures.ts';
import { villageAliases } from '../../projections/village-aliases.ts';
import { villages } from '../../projections/villages.ts';
import type { Projection, Row } from '../../src/es/projection.ts';
import { type Occurrence, occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';

const some = <T>(...values: T[]) => fc.constantFrom(...values);
const villageId = some('v_aaaaaaaa', 'v_bbbbbbbb', 'v_cccccccc');
const divisionId = some('d_aaaaaaaa', 'd_bbbbbbbb');
const name = some('下围村委会', '稔田社区居委会', '大?村委会');
const shortName = some('下围', '稔田', '大?');
const code = some('440118102243', '440306021008');
const kind = some('RESIDENTS_COMMITTEE', 'VILLAGERS_COMMITTEE', 'QUASI_RESIDENTS');
const county = fc.option(divisionId, { nil: undefined });
const place = { township: divisionId, county, prefecture: divisionId };
const optionalCode = fc.option(code, { nil: undefined });
const record = { code: optionalCode, name, shortName, kind, isVirtual: fc.boolean(), ...place };
const dated = { other: villageId, record: fc.option(fc.record(record), { nil: undefined }) };
const part = fc.record({ village: villageId, name, shortName, code: optionalCode });
const approval = fc.constant({});

const villageEvents = {
  VillageListed: fc.record(record),
  VillageEstablished: fc.record({ ...record, approval }),
  VillageRenamed: fc.record({ oldName: name, newName: name, newShortName: shortName }),
  VillageCodeChanged: fc.record({ newCode: code }),
  VillageKindChanged: fc.record({
    oldKind: kind,
    newKind: kind,
    isVirtual: fc.option(fc.boolean(), { nil: undefined }),
  }),
  VillageSubordinationTransferred: fc.record({ fromTownship: divisionId, ...place }),
  VillageDelisted: fc.constant({}),
  VillageAbolished: fc.record({ successors: fc.array(villageId, { maxLength: 2 }), approval }),
  VillagesMerged: fc.record({ merged: fc.array(villageId, { minLength: 1, maxLength: 2 }), approval }),
  VillageSplit: fc.record({
    parts: fc.array(part, { minLength: 1, maxLength: 2 }),
    continues: fc.boolean(),
    kind,
    ...place,
    approval,
  }),
  VillageBoundaryAdjusted: fc.record({ counterpart: villageId }),
  UrbanRuralClassAssigned: fc.record({ class: some('MAIN_URBAN', 'VILLAGE_AREA') }),
  VillagesLinked: fc.record(dated),
  VillageUnlinked: fc.record({ ...dated, lastRecord: fc.option(fc.record(record), { nil: undefined }) }),
};
const file = {
  edition: some(2016, 2017),
  publisher: some('nbs'),
  publishedOn: some('2017-05-16'),
  fileSha256: some('a'.repeat(64), 'b'.repeat(64)),
  rows: fc.nat(99),
  villages: fc.nat(99),
};
const figure = {
  metric: some('VILLAGES_TOTAL', 'LOCAL_STANDARDS'),
  value: some('26361', '2'),
  unit: some('个'),
  qualifier: some('EXACT', 'MORE_THAN'),
  scope: some('44'),
  source: fc.record({ title: some('报道'), publisher: some('金羊网'), publishedOn: some('2021-05-06') }),
};
const divisionCode = some('440118102', '440306021');
const divisionName = some('石滩镇', '福海街道');

const villageIds = ['v_aaaaaaaa', 'v_bbbbbbbb', 'v_cccccccc'];
/** The row types are the projections' own business here too. */
const untyped = <R extends Row>(projection: Projection<R>) => projection as unknown as Projection;
const cases: readonly [string, Projection, fc.Arbitrary<Occurrence>][] = [
  ['villages', untyped(villages), occurrencesOf('village', villageIds, villageEvents)],
  ['village aliases', untyped(villageAliases), occurrencesOf('village', villageIds, villageEvents)],
  ['divisions', untyped(divisions), ofDivisions()],
  ['identity reviews', untyped(identityReviews), ofReviews()],
  ['reported figures', untyped(reportedFigures), ofFigures()],
  ['editions', untyped(editions), ofEditions()],
];

function ofDivisions(): fc.Arbitrary<Occurrence> {
  return occurrencesOf('division', ['d_aaaaaaaa', 'd_bbbbbbbb'], {
    DivisionListed: fc.record({
      code: divisionCode,
      name: divisionName,
      level: some('TOWNSHIP', 'COUNTY'),
      parent: county,
    }),
    DivisionRenamed: fc.record({ oldName: divisionName, newName: divisionName }),
    DivisionCodeChanged: fc.record({ oldCode: divisionCode, newCode: divisionCode }),
    DivisionTransferred: fc.record({ fromParent: divisionId, toParent: divisionId, villages: fc.constant([]) }),
    DivisionDelisted: fc.constant({}),
  });
}

function ofReviews(): fc.Arbitrary<Occurrence> {
  const candidate = fc.record({ village: villageId, name, on: some('2016-07-31') });
  return occurrencesOf('review', ['r_aaaaaaaa', 'r_bbbbbbbb'], {
    IdentityReviewRaised: fc.record({
      reason: some('SEVERAL_CANDIDATES', 'CONTRADICTION'),
      candidates: fc.array(candidate, { minLength: 1, maxLength: 2 }),
      explanation: some('x'),
    }),
    IdentityReviewDismissed: fc.record({ reason: some('x') }),
    VillagesLinked: fc.record(dated),
    VillageUnlinked: fc.record(dated),
  });
}

function ofFigures(): fc.Arbitrary<Occurrence> {
  return occurrencesOf('figure', ['f_aaaaaaaa', 'f_bbbbbbbb'], {
    ReportedFigureRecorded: fc.record(figure),
    ReportedFigureReplaced: fc.record({ ...figure, reason: some('x') }),
  });
}

function ofEditions(): fc.Arbitrary<Occurrence> {
  return occurrencesOf('roster', ['nbs-2016-07-31', 'nbs-2017-10-31'], {
    RosterImportStarted: fc.record(file),
    RosterImportCompleted: fc.record({
      ...file,
      eventsAppended: fc.nat(99),
      recognised: fc.constant([]),
      reviews: fc.nat(9),
    }),
  });
}

describe('every read model', () => {
  it('is among the cases', () => {
    expect(cases.map(([, projection]) => projection.name).sort()).toEqual(projections.map(({ name }) => name).sort());
  });

  it.each(cases)('answers for any moment what the fold of the log says: %s', async (_, projection, occurrences) => {
    await holdsToTheFold(projection, occurrences, { runs: 25 });
  });
});
