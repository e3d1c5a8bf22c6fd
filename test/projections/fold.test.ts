import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
import {
  county,
  dated,
  divisionId,
  name,
  some,
  villageEvents,
  villageId,
  villageIds,
} from '../support/village-occurrences.ts';

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
  it('is among the cases, or has a test of its own that holds it to the fold', () => {
    const folder = fileURLToPath(new URL('.', import.meta.url));
    const tests = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    const inCases = cases.map(([, projection]) => projection.name);
    const elsewhere = projections
      .map(({ name }) => name)
      .filter((name) => !inCases.includes(name))
      .filter((name) => {
        const own = `projections/${name.replaceAll('_', '-')}.ts'`;
        return !tests.some((text) => text.includes(own) && text.includes('await holdsToTheFold('));
      });
    expect(elsewhere).toEqual([]);
  });

  it.each(cases)('answers for any moment what the fold of the log says: %s', async (_, projection, occurrences) => {
    await holdsToTheFold(projection, occurrences, { runs: 25 });
  });
});
