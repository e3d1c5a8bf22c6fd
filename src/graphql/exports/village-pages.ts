/** Villages for an export. */
import { type VillageRow, villages } from '../../../projections/villages.ts';
import type { Cell, Found, Select } from '../../es/projection.ts';
import { Places } from './places.ts';
import type { ExportQuestion, ExportRecord, ExportSource } from './question.ts';

export const villageColumns: readonly string[] = [
  ...['statisticalCode', 'id', 'name', 'shortName', 'kind', 'isVirtual', 'status'],
  ...['townshipCode', 'townshipName', 'countyCode', 'countyName', 'prefectureCode', 'prefectureName'],
  ...['urbanRuralClass', 'asOf'],
];

const pageRowsMax = 1_000;

/** By code, from one picture. */
export async function* villagePages(
  { readModel }: ExportSource,
  { at, within, kind, status = ['LISTED'] }: ExportQuestion,
): AsyncGenerator<ExportRecord[]> {
  const places = new Places(readModel, at);
  const conditions = [oneOf('status', status), ...(kind ? [oneOf('kind', kind)] : [])];
  const params: Cell[] = [...status, ...(kind ?? [])];
  const division = within === undefined ? undefined : places.byCode(within);
  // All villages lie in the one province.
  if (division && division.row.level !== 'PROVINCE') {
    conditions.push(`v.${division.row.level.toLowerCase()} = ?`);
    params.push(division.id);
  }
  const where = conditions.join(' and ');
  let after: Select['after'];
  for (;;) {
    const page: Found<VillageRow>[] = readModel.select(
      villages,
      { where, params, orderBy: [{ column: 'code' }], after, limit: pageRowsMax },
      at,
    );
    if (page.length > 0) yield page.map((found) => recordOf(found, places, at.effectiveOn));
    const last = page.at(-1);
    if (!last || page.length < pageRowsMax) return;
    after = { values: [last.row.code], id: last.id };
  }
}

function recordOf({ id, row }: Found<VillageRow>, places: Places, asOf: string): ExportRecord {
  const [township, county, prefecture] = [row.township, row.county, row.prefecture].map((each) => places.byId(each));
  return {
    statisticalCode: row.code,
    id,
    name: row.name,
    shortName: row.short_name,
    kind: row.kind,
    isVirtual: row.is_virtual === 1,
    status: row.status,
    townshipCode: township?.code ?? null,
    townshipName: township?.name ?? null,
    countyCode: county?.code ?? null,
    countyName: county?.name ?? null,
    prefectureCode: prefecture?.code ?? null,
    prefectureName: prefecture?.name ?? null,
    urbanRuralClass: row.urban_rural_class,
    asOf,
  };
}

const oneOf = (column: string, values: readonly string[]): string =>
  values.length === 0 ? '0' : `v.${column} in (${values.map(() => '?').join(', ')})`;
