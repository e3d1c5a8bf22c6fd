/** The rest of the world as decisions see it: the read model's newest position. */
import { certificateLists, certificateListsMax, listViewOf } from '../../projections/certificate-lists.ts';
import { divisions } from '../../projections/divisions.ts';
import { documentFinder, documents } from '../../projections/documents.ts';
import { editions } from '../../projections/editions.ts';
import { payMonths } from '../../projections/pay-months.ts';
import { standards, standardViewOf } from '../../projections/standards.ts';
import { unsettledRuns } from '../../projections/unsettled-runs.ts';
import { obligationsOf, villageAppraisals } from '../../projections/village-appraisals.ts';
import { villageTerms } from '../../projections/village-terms.ts';
import { type VillageRow, villages } from '../../projections/villages.ts';
import { authorityMatrix } from '../domain/authority.ts';
import { ruleSet } from '../domain/rule-set.ts';
import type { VillageRecord } from '../domain/village-catalogue.ts';
import type { DivisionView, VillageView, World } from '../domain/world.ts';
import { nameKey } from '../es/name-key.ts';
import type { Found, Moment, ReadModel } from '../es/projection.ts';

const lastDay = '9999-12-31';
const villagesMax = 1_000_000;
const documentsMax = 1_000_000;

/** The world of a read model. Each answer is of the position that the read model has when it is asked. */
export const worldOf = (readModel: ReadModel): World => {
  const on = (effectiveOn: string): Moment => ({ effectiveOn, position: readModel.position });
  const listed = (where: string, params: readonly string[], at: Moment): Found<VillageRow>[] =>
    readModel.select(villages, { where: `v.status = 'LISTED' and ${where}`, params, limit: villagesMax }, at);
  let oldest: { readonly key: string; readonly day: string | null } | undefined;
  let finder: { readonly key: string; readonly find: ReturnType<typeof documentFinder> } | undefined;
  return {
    get rosterFrom() {
      const key = `${readModel.generation}:${readModel.touched([editions.name], readModel.position)}`;
      if (oldest?.key !== key) oldest = { key, day: oldestEdition(readModel) };
      return oldest.day;
    },
    rules: ruleSet,
    authority: authorityMatrix,
    document(named, issuer) {
      const key = `${readModel.generation}:${readModel.touched([documents.name], readModel.position)}`;
      if (finder?.key !== key) {
        const all = readModel.select(documents, { limit: documentsMax }, on(lastDay));
        finder = { key, find: documentFinder(all) };
      }
      return finder.find(named, issuer);
    },
    hasCounties(prefecture, day) {
      const where = "v.parent = ? and v.level = 'COUNTY' and v.status = 'LISTED'";
      return readModel.count(divisions, { where, params: [prefecture] }, on(day)) > 0;
    },
    division(id, day) {
      const row = readModel.one(divisions, id, on(day));
      return row?.status === 'LISTED' ? divisionView(id, row) : null;
    },
    divisionByCode(code, day) {
      const where = "v.code = ? and v.status = 'LISTED'";
      const [found] = readModel.select(divisions, { where, params: [code], limit: 1 }, on(day));
      return found ? divisionView(found.id, found.row) : null;
    },
    village(id, day) {
      const row = readModel.one(villages, id, on(day));
      return row && villageView(id, row);
    },
    villageByCode(code, day) {
      const [found] = listed('v.code = ?', [code], on(day));
      return found ? villageView(found.id, found.row) : null;
    },
    ...officesAndMoney(readModel, on),
    certificateLists: (division, day) => listsFor(readModel, division, on(day)),
    isCodeRetired(code, day) {
      // Whoever had the code at any time; when, its timeline says.
      const where = 'v.id in (select other.id from villages other where other.code = ?)';
      const carriers = readModel.select(villages, { where, params: [code], limit: villagesMax }, on(lastDay));
      return carriers.some(({ id }) => carriedBefore(readModel, id, code, day));
    },
    villagesNamed(township, kind, shortName, day) {
      const all = listed('v.township = ? and v.kind = ?', [township, kind], on(day));
      const found = all.filter(({ row }) => nameKey(row.short_name) === nameKey(shortName));
      return found.map(({ id, row }) => villageView(id, row));
    },
    villagesBelow(division, day) {
      const at = on(day);
      if (readModel.one(divisions, division, at)?.level === 'PROVINCE') {
        const where = 'v.prefecture in (select d.id from divisions d where d.parent = ?)';
        return listed(where, [division], at).map(({ id }) => id);
      }
      const where = '(v.township = ? or v.county = ? or v.prefecture = ?)';
      return listed(where, [division, division, division], at).map(({ id }) => id);
    },
  };
};

/** Who sits in a committee, what it owes, and which standards stand. */
const officesAndMoney = (
  readModel: ReadModel,
  on: (day: string) => Moment,
): Pick<World, 'openObligations' | 'standards' | 'officeHolders' | 'unsettledRuns'> => ({
  openObligations(village, day) {
    const term = readModel.one(villageTerms, village, on(day));
    return obligationsOf(term, readModel.one(villageAppraisals, village, on(day)));
  },
  standards(kind, day) {
    const question = { where: "v.kind = ? and v.status = 'STANDS'", params: [kind], limit: villagesMax };
    return readModel.select(standards, question, on(day)).map(({ id, row }) => standardViewOf(id, row));
  },
  unsettledRuns(standard) {
    const where = 'instr(v.runs, ?) > 0';
    const found = readModel.select(payMonths, { where, params: [standard], limit: villagesMax }, on(lastDay));
    return unsettledRuns(
      found.map(({ row }) => row),
      standard,
    );
  },
  officeHolders(village, day) {
    const row = readModel.one(villageTerms, village, on(day));
    return row && row.term_number > 0 ? membersOf(row.members) : null;
  },
});

/** Day of the oldest edition that was imported; its stream is named by it. */
function oldestEdition(readModel: ReadModel): string | null {
  const moment = { effectiveOn: lastDay, position: readModel.position };
  const days = readModel.select(editions, { limit: villagesMax }, moment).map(({ id }) => id.slice(-10));
  return days.sort()[0] ?? null;
}

function carriedBefore(readModel: ReadModel, id: string, code: string, day: string): boolean {
  const states = readModel.timeline(villages, id, readModel.position);
  return states.some(({ effectiveOn, row }) => effectiveOn < day && row?.status === 'LISTED' && row.code === code);
}

/** Lists of a division's chain; a day before the oldest edition has the divisions of that edition. */
function listsFor(readModel: ReadModel, division: string | null, at: Moment) {
  const chain = new Set<string>();
  for (let id = division; id !== null && !chain.has(id); ) {
    chain.add(id);
    id = (readModel.one(divisions, id, at) ?? readModel.timeline(divisions, id, at.position)[0]?.row)?.parent ?? null;
  }
  return readModel
    .select(certificateLists, { limit: certificateListsMax }, at)
    .filter(({ row }) => row.division_id === null || chain.has(row.division_id))
    .map(listViewOf);
}

const membersOf = (members: string): readonly string[] =>
  (JSON.parse(members) as { readonly personRef: string }[]).map(({ personRef }) => personRef);

const divisionView = (id: string, row: Omit<DivisionView, 'id'>): DivisionView => {
  const { code, name, level, parent } = row;
  return { id, code, name, level, parent };
};

const villageView = (id: string, row: VillageRow): VillageView => ({ id, status: row.status, ...recordOf(row) });

const recordOf = (row: VillageRow): VillageRecord => ({
  code: row.code ?? undefined,
  name: row.name,
  shortName: row.short_name,
  kind: row.kind,
  isVirtual: row.is_virtual === 1,
  township: row.township,
  county: row.county ?? undefined,
  prefecture: row.prefecture,
});
