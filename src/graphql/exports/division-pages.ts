/** Divisions for an export: each level's after the one above it. */
import { type DivisionRow, divisions } from '../../../projections/divisions.ts';
import type { Found } from '../../es/projection.ts';
import { Places } from './places.ts';
import type { ExportQuestion, ExportRecord, ExportSource } from './question.ts';

export const divisionColumns: readonly string[] = [
  ...['code', 'id', 'name', 'level', 'status', 'parentCode', 'parentName', 'asOf'],
];

const levels = ['PROVINCE', 'PREFECTURE', 'COUNTY', 'TOWNSHIP'] as const;
const pageRowsMax = 1_000;

/** By level and code, from one picture. */
export async function* divisionPages(
  { readModel }: ExportSource,
  { at, within, level: wanted, status = ['LISTED'] }: ExportQuestion,
): AsyncGenerator<ExportRecord[]> {
  const places = new Places(readModel, at);
  const top = within === undefined ? undefined : places.byCode(within).id;
  for (const level of levels) {
    if (wanted && !wanted.includes(level)) continue;
    let after: { values: string[]; id: string } | undefined;
    for (;;) {
      const marks = status.map(() => '?').join(', ');
      const page: Found<DivisionRow>[] = readModel.select(
        divisions,
        {
          where: `v.level = ? and v.status in (${marks})`,
          params: [level, ...status],
          orderBy: [{ column: 'code' }],
          after,
          limit: pageRowsMax,
        },
        at,
      );
      const below = top === undefined ? page : page.filter(({ id }) => isBelow(places, id, top));
      if (below.length > 0) yield below.map((found) => recordOf(found, places, at.effectiveOn));
      const last = page.at(-1);
      if (!last || page.length < pageRowsMax) break;
      after = { values: [last.row.code], id: last.id };
    }
  }
}

/** Whether the division is `top` or lies below it, by the parents of that moment. */
function isBelow(places: Places, id: string, top: string): boolean {
  let current: string | null = id;
  for (let step = 0; current !== null && step <= levels.length; step++) {
    if (current === top) return true;
    current = places.byId(current)?.parent ?? null;
  }
  return false;
}

function recordOf({ id, row }: Found<DivisionRow>, places: Places, asOf: string): ExportRecord {
  const { code, name, level, status } = row;
  const parent = places.byId(row.parent);
  return { code, id, name, level, status, parentCode: parent?.code ?? null, parentName: parent?.name ?? null, asOf };
}
