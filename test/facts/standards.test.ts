import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type StandardRow, standards } from '../../projections/standards.ts';
import type { StandardTerms } from '../../src/domain/standard-terms.ts';
import { readFacts } from '../../src/facts/facts-file.ts';
import { type ActLedger, importAct } from '../../src/facts/import-acts.ts';
import { madeBy } from '../../src/graphql/derive/things.ts';
import { packageRoot } from '../../src/package-root.ts';
import { given } from '../support/given.ts';
import { divisionIds, of, places, start, villagesListed } from '../support/hamlet-county.ts';
import { RowsOf, worldOf } from '../support/world.ts';

const { acts } = readFacts(readFileSync(join(packageRoot, 'data/facts/standards.yaml'), 'utf8'));

/** Every city and county that the file names, each under the city of its code. */
const named = [...new Set(acts.flatMap(({ data }) => [data.division, data.include]).flat())]
  .filter((code): code is string => typeof code === 'string' && code !== '44')
  .concat('4407');
const cities = [...new Set(named)].sort().map((code) =>
  of(`division-d_code${code}`, 'DivisionListed', start, {
    code,
    name: code,
    level: code.length === 4 ? 'PREFECTURE' : 'COUNTY',
    parent: code.length === 4 ? divisionIds.province : `d_code${code.slice(0, 4)}`,
  }),
);

/** A log that took every act of the file, in its order. */
async function imported() {
  const { store } = await given(...places, ...cities, ...villagesListed);
  const log = () => store.readLog({ limit: 1_000 });
  let world = worldOf(await log());
  const ledger: ActLedger = {
    store,
    today: () => '2026-11-24',
    get world() {
      return world;
    },
    waitFor: async () => {
      world = worldOf(await log());
    },
    madeId: madeBy,
  };
  for (const [at, act] of acts.entries()) {
    expect(await importAct(ledger, act, at, 'test')).toBe(1);
    expect(await importAct(ledger, act, at, 'test')).toBe(0);
  }
  return log();
}

const termsOf = ({ terms }: StandardRow) => JSON.parse(terms) as StandardTerms;

describe('data/facts/standards.yaml', () => {
  it('is taken act by act, and says what a retired cadre is entitled to on a day', async () => {
    const rows = new RowsOf(standards, await imported());
    const tiersOf = (division: string, on: string) =>
      rows.ids
        .flatMap((id) => rows.one(id, on) ?? [])
        .filter(({ kind, included }) => kind === 'RETIREMENT_ALLOWANCE' && included === JSON.stringify([division]))
        .map((row) => ({
          number: row.document_number,
          amounts: termsOf(row).tiers?.map(({ amountFen }) => amountFen),
        }));
    const province = { number: '粤办发〔2010〕5号', amounts: ['100000', '10000', '20000'] };
    const city = { number: '粤财农〔2015〕625号', amounts: ['150000', '15000', '30000'] };
    expect(tiersOf(divisionIds.province, '2016-06-30')).toEqual([province]);
    expect(tiersOf('d_code441781', '2016-06-30')).toEqual([city]);
    expect(tiersOf('d_code441781', '2015-12-31')).toEqual([]);
  });

  it('gives 14 cities and 3 counties the office fund and the party fund', async () => {
    const rows = new RowsOf(standards, await imported());
    const funds = rows.ids
      .flatMap((id) => rows.one(id, '2018-06-30') ?? [])
      .filter(({ region_tier: tier }) => tier !== null);
    expect(funds.map((row) => [row.kind, termsOf(row).amountFen]).sort()).toEqual([
      ['OFFICE_FUND', '10000000'],
      ['PARTY_SERVICE_FUND', '6000000'],
    ]);
    for (const { included } of funds) {
      const codes = (JSON.parse(included) as string[]).map((id) => id.slice('d_code'.length));
      expect([4, 6].map((digits) => codes.filter((code) => code.length === digits).length)).toEqual([14, 3]);
    }
  });

  it('says of every act what was not seen of its day, its document or its region', () => {
    for (const { key, note } of acts) expect(`${key}: ${note}`).toMatch(/未见|仅知|推定|推断/);
  });
});
