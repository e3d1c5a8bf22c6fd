import { describe, expect, it } from 'vitest';
import { acts, authorityMatrix, authorityOn } from '../../src/domain/authority.ts';
import { ruleNames, ruleOn, ruleSet } from '../../src/domain/rule-set.ts';

interface Dated {
  readonly from: string;
  readonly to?: string;
}
const overlap = (a: Dated, b: Dated) => a.from < (b.to ?? '9999') && b.from < (a.to ?? '9999');

describe('the rule set', () => {
  it('has one row of a name on a day', () => {
    const clashes = ruleSet.flatMap((a, at) =>
      ruleSet
        .slice(at + 1)
        .flatMap((b) => (a.name === b.name && overlap(a, b) ? [`${a.name} ${a.from} ${b.from}`] : [])),
    );
    expect(clashes).toEqual([]);
  });

  it('has a row of every name today, each with its source', () => {
    for (const name of Object.keys(ruleNames) as (keyof typeof ruleNames)[]) {
      expect(ruleOn(ruleSet, name, '2026-11-24')?.source, name).toMatch(/\S/);
    }
  });

  it.each([
    ['2018-12-28', 3],
    ['2018-12-29', 5],
  ])('gives a term begun on %s %i years', (day, years) => {
    expect(ruleOn(ruleSet, 'TERM_YEARS_VILLAGERS', day)?.value).toBe(years);
  });

  it('asks for the party’s study of important matters from 2026 on', () => {
    expect(ruleOn(ruleSet, 'PARTY_STUDY_REQUIRED', '2025-12-31')?.value).toBe(0);
    expect(ruleOn(ruleSet, 'PARTY_STUDY_REQUIRED', '2026-01-01')?.value).toBe(1);
  });
});

describe('the authority matrix', () => {
  it('has one row of an act on a day, and one of every act', () => {
    const clashes = authorityMatrix.flatMap((a, at) =>
      authorityMatrix.slice(at + 1).flatMap((b) => (a.act === b.act && overlap(a, b) ? [a.act] : [])),
    );
    expect(clashes).toEqual([]);
    for (const act of Object.keys(acts) as (keyof typeof acts)[]) {
      expect(authorityOn(authorityMatrix, act, '2021-05-06')?.levels.length, act).toBeGreaterThan(0);
    }
  });
});
