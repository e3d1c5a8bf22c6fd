/** The world of a test: what decisions look up, folded from the test's own log by the read models' handlers. */
import { certificateLists, listViewOf } from '../../projections/certificate-lists.ts';
import { type DivisionRow, divisions } from '../../projections/divisions.ts';
import { documentNamed, documents } from '../../projections/documents.ts';
import { payMonths } from '../../projections/pay-months.ts';
import { standards, standardViewOf } from '../../projections/standards.ts';
import { unsettledRuns } from '../../projections/unsettled-runs.ts';
import { obligationsOf, villageAppraisals } from '../../projections/village-appraisals.ts';
import { villageTerms } from '../../projections/village-terms.ts';
import { type VillageRow, villages } from '../../projections/villages.ts';
import { authorityMatrix } from '../../src/domain/authority.ts';
import { ruleSet } from '../../src/domain/rule-set.ts';
import type { VillageView, World } from '../../src/domain/world.ts';
import { aggregateOf, idOf, type LocalDate, type RecordedEvent } from '../../src/es/event.ts';
import { eventsAt } from '../../src/es/fold.ts';
import { nameKey } from '../../src/es/name-key.ts';
import type { Projection, Row } from '../../src/es/projection.ts';

/** Rows of one projection on any day, all that is known. */
export class RowsOf<R extends Row> {
  readonly ids: readonly string[];
  private readonly events: ReadonlyMap<string, readonly RecordedEvent[]>;

  constructor(
    private readonly projection: Projection<R>,
    log: readonly RecordedEvent[],
  ) {
    const events = new Map<string, RecordedEvent[]>();
    for (const event of log) {
      for (const subject of event.subjects.filter((stream) => aggregateOf(stream) === projection.entity)) {
        events.set(idOf(subject), [...(events.get(idOf(subject)) ?? []), event]);
      }
    }
    this.events = events;
    this.ids = [...events.keys()].sort();
  }

  one(id: string, on: LocalDate): R | null {
    return eventsAt(this.events.get(id) ?? [], on, Number.MAX_SAFE_INTEGER).reduce<R | null>((row, event) => {
      const handler = this.projection.handlers[event.type];
      return handler === undefined || handler === 'ignore' ? row : handler(row, event, id);
    }, null);
  }
}

export function worldOf(log: readonly RecordedEvent[]): World {
  const villageRows = new RowsOf(villages, log);
  const documentRows = new RowsOf(documents, log);
  const divisionRows = new RowsOf(divisions, log);
  const listRows = new RowsOf(certificateLists, log);
  const listedOn = (on: LocalDate): VillageView[] =>
    villageRows.ids.flatMap((id) => {
      const row = villageRows.one(id, on);
      return row?.status === 'LISTED' ? [toVillage(id, row)] : [];
    });
  const days = [...new Set(log.map(({ effectiveOn }) => effectiveOn))];
  const division = (id: string, on: LocalDate) => {
    const row = divisionRows.one(id, on);
    return row?.status === 'LISTED' ? toDivision(id, row) : null;
  };
  return {
    rosterFrom:
      log.flatMap(({ type, effectiveOn }) => (type === 'VillageListed' ? [effectiveOn] : [])).sort()[0] ?? null,
    rules: ruleSet,
    authority: authorityMatrix,
    document: (named, issuer) =>
      documentNamed(
        documentRows.ids.flatMap((id) => {
          const row = documentRows.one(id, '9999-12-31');
          return row ? [{ id, row }] : [];
        }),
        named,
        issuer,
      ),
    hasCounties: (prefecture, on) =>
      divisionRows.ids.some((id) => {
        const found = division(id, on);
        return found?.parent === prefecture && found.level === 'COUNTY';
      }),
    division,
    divisionByCode: (code, on) =>
      divisionRows.ids.map((id) => division(id, on)).find((found) => found?.code === code) ?? null,
    village: (id, on) => {
      const row = villageRows.one(id, on);
      return row && toVillage(id, row);
    },
    villageByCode: (code, on) => listedOn(on).find((village) => village.code === code) ?? null,
    isCodeRetired: (code, on) =>
      days.some((day) => day < on && listedOn(day).some((village) => village.code === code)) &&
      !listedOn(on).some((village) => village.code === code),
    villagesNamed: (township, kind, shortName, on) =>
      listedOn(on).filter(
        (village) =>
          village.township === township && village.kind === kind && nameKey(village.shortName) === nameKey(shortName),
      ),
    ...officesAndMoney(log),
    certificateLists: (id, on) =>
      listRows.ids.flatMap((list) => {
        const row = listRows.one(list, on);
        const holds =
          row && (row.division_id === null || liesIn(id, row.division_id, (each) => divisionRows.one(each, on)));
        return holds ? [listViewOf({ id: list, row })] : [];
      }),
    villagesBelow: (id, on) =>
      listedOn(on)
        .filter(({ township, county, prefecture }) => [township, county, prefecture].includes(id))
        .map((village) => village.id),
  };
}

/** Who sits in a committee, what it owes, and which standards stand. */
function officesAndMoney(
  log: readonly RecordedEvent[],
): Pick<World, 'openObligations' | 'standards' | 'officeHolders' | 'unsettledRuns'> {
  const auditRows = new RowsOf(villageAppraisals, log);
  const standardRows = new RowsOf(standards, log);
  const payRows = new RowsOf(payMonths, log);
  const termRows = new RowsOf(villageTerms, log);
  return {
    openObligations: (village, on) => obligationsOf(termRows.one(village, on), auditRows.one(village, on)),
    standards: (kind, on) =>
      standardRows.ids.flatMap((id) => {
        const row = standardRows.one(id, on);
        return row?.status === 'STANDS' && row.kind === kind ? [standardViewOf(id, row)] : [];
      }),
    unsettledRuns: (standard) =>
      unsettledRuns(
        payRows.ids.flatMap((id) => payRows.one(id, '9999-12-31') ?? []),
        standard,
      ),
    officeHolders: (village, on) => {
      const row = termRows.one(village, on);
      const members = row && row.term_number > 0 ? (JSON.parse(row.members) as { personRef: string }[]) : null;
      return members?.map(({ personRef }) => personRef) ?? null;
    },
  };
}

/** Whether a division is the other one or lies below it. */
function liesIn(id: string | null, above: string, rowOf: (id: string) => DivisionRow | null): boolean {
  for (let at = id; at !== null; at = rowOf(at)?.parent ?? null) if (at === above) return true;
  return false;
}

const toDivision = (id: string, { code, name, level, parent }: DivisionRow) => ({ id, code, name, level, parent });

const toVillage = (id: string, row: VillageRow): VillageView => ({
  id,
  status: row.status,
  code: row.code ?? undefined,
  name: row.name,
  shortName: row.short_name,
  kind: row.kind,
  isVirtual: row.is_virtual === 1,
  township: row.township,
  county: row.county ?? undefined,
  prefecture: row.prefecture,
});
