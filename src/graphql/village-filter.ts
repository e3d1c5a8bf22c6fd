/** The filter and the order of a list of villages, and their SQL. */
import { Field, InputType, registerEnumType } from 'type-graphql';
import { DivisionCode, UrbanRuralClass } from '../domain/scalars.ts';
import type { Cell } from '../es/projection.ts';
import { termType } from './derive/types.ts';
import { badInput } from './input-error.ts';
import type { Scene } from './scene.ts';

const filterDepthMax = 5;
const listItemsMax = 200;
const divisionCode = termType(DivisionCode);
const urbanRuralClass = termType(UrbanRuralClass);

@InputType({ description: 'Conditions on villages; all that are given must hold.' })
export class VillageFilter {
  @Field(() => String, { nullable: true, description: 'The code begins with these digits, 1 to 12.' })
  codePrefix?: string | null;

  @Field(() => String, { nullable: true, description: 'The published name is exactly this.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'The base name is exactly this (下围).' })
  shortName?: string | null;

  @Field(() => String, { nullable: true, description: 'The published name contains this.' })
  nameContains?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Virtual communities only, or none of them.' })
  isVirtual?: boolean | null;

  @Field(() => [urbanRuralClass()], { nullable: true, description: 'One of these urban-rural classes.' })
  urbanRuralClass?: string[] | null;

  @Field(() => [divisionCode()], { nullable: true, description: 'In one of the townships with these codes.' })
  township?: string[] | null;

  @Field(() => [divisionCode()], { nullable: true, description: 'In one of the counties with these codes.' })
  county?: string[] | null;

  @Field(() => [divisionCode()], { nullable: true, description: 'In one of the prefectures with these codes.' })
  prefecture?: string[] | null;

  @Field(() => [VillageFilter], {
    nullable: true,
    description: `All of these hold. Filters nest ${filterDepthMax} deep at most.`,
  })
  and?: VillageFilter[] | null;

  @Field(() => [VillageFilter], {
    nullable: true,
    description: 'One of these holds at least; an empty list holds for none.',
  })
  or?: VillageFilter[] | null;

  @Field(() => VillageFilter, { nullable: true, description: 'This does not hold.' })
  not?: VillageFilter | null;
}

/** A condition in SQL over the villages' table, alias `v`. */
export interface Condition {
  readonly sql: string;
  readonly params: readonly Cell[];
}

/** The condition of a filter. Errors: `BAD_USER_INPUT` with the path of what is wrong. */
export function filterCondition(
  scene: Scene,
  filter: VillageFilter,
  path: readonly (string | number)[],
  depth = 1,
): Condition {
  if (depth > filterDepthMax) throw badInput(path, `Filters nest ${filterDepthMax} deep at most.`);
  const nested = (each: VillageFilter, ...step: (string | number)[]) =>
    filterCondition(scene, each, [...path, ...step], depth + 1);
  const parts = ownConditions(scene, filter, path);
  const all = listed(filter.and, path, 'and')?.map((each, at) => nested(each, 'and', at));
  if (all) parts.push(joined(all, 'and'));
  const any = listed(filter.or, path, 'or')?.map((each, at) => nested(each, 'or', at));
  if (any) parts.push(joined(any, 'or'));
  if (filter.not) {
    const { sql, params } = nested(filter.not, 'not');
    // A condition on a value that is not there is null, and does not hold: so its contrary does.
    parts.push({ sql: `not coalesce(${sql}, 0)`, params });
  }
  return joined(parts, 'and');
}

function ownConditions(scene: Scene, filter: VillageFilter, path: readonly (string | number)[]): Condition[] {
  const parts: Condition[] = [];
  const add = (sql: string, ...params: Cell[]) => parts.push({ sql, params });
  if (filter.codePrefix != null) {
    if (!/^\d{1,12}$/.test(filter.codePrefix))
      throw badInput([...path, 'codePrefix'], 'A code’s beginning is 1 to 12 digits.');
    // `:` follows the digit 9.
    add('v.code >= ? and v.code < ?', filter.codePrefix, `${filter.codePrefix}:`);
  }
  if (filter.name != null) add('v.name = ?', filter.name);
  if (filter.shortName != null) add('v.short_name = ?', filter.shortName);
  if (filter.nameContains != null) add('instr(v.name, ?) > 0', filter.nameContains);
  if (filter.isVirtual != null) add('v.is_virtual = ?', filter.isVirtual ? 1 : 0);
  const classes = listed(filter.urbanRuralClass, path, 'urbanRuralClass');
  if (classes) parts.push(oneOf('urban_rural_class', classes));
  for (const level of ['township', 'county', 'prefecture'] as const) {
    const codes = listed(filter[level], path, level);
    if (codes)
      parts.push(
        oneOf(
          level,
          codes.flatMap((code) => scene.divisionByCode(code)?.id ?? []),
        ),
      );
  }
  return parts;
}

function listed<T>(
  items: readonly T[] | null | undefined,
  path: readonly (string | number)[],
  name: string,
): readonly T[] | null {
  if (!items) return null;
  if (items.length > listItemsMax) throw badInput([...path, name], `A list holds ${listItemsMax} items at most.`);
  return items;
}

/** The condition that a column has one of the values; none where there are none. */
export function oneOf(column: string, values: readonly string[]): Condition {
  // An equality keeps an index in the order of its next column; a list of one does not.
  if (values.length === 1) return { sql: `v.${column} = ?`, params: values };
  return { sql: values.length === 0 ? '0' : `v.${column} in (${values.map(() => '?').join(', ')})`, params: values };
}

/** Conditions as one. */
export function joined(parts: readonly Condition[], word: 'and' | 'or'): Condition {
  const sql =
    parts.length === 0 ? (word === 'and' ? '1' : '0') : `(${parts.map((part) => `(${part.sql})`).join(` ${word} `)})`;
  return { sql, params: parts.flatMap(({ params }) => params) };
}

const orderColumns = {
  CODE: 'code',
  NAME: 'name',
  SHORT_NAME: 'short_name',
  KIND: 'kind',
  STATUS: 'status',
  URBAN_RURAL_CLASS: 'urban_rural_class',
} as const;
const fields = Object.fromEntries(Object.keys(orderColumns).map((name) => [name, name]));
const directions = { ASC: 'ASC', DESC: 'DESC' };

registerEnumType(fields, {
  name: 'VillageOrderField',
  description: 'What villages are ordered by. Text is compared character by character, by code point.',
  valuesConfig: {
    CODE: { description: 'Statistical code; villages without one come first.' },
    NAME: { description: 'Name as published.' },
    SHORT_NAME: { description: 'Base name.' },
    KIND: { description: 'Kind, by its name here.' },
    STATUS: { description: 'Status, by its name here.' },
    URBAN_RURAL_CLASS: { description: 'Urban-rural class, by its name here; villages without one come first.' },
  },
});
registerEnumType(directions, {
  name: 'OrderDirection',
  description: 'Which end comes first.',
  valuesConfig: { ASC: { description: 'The least first.' }, DESC: { description: 'The greatest first.' } },
});

@InputType({ description: 'One key of an order; further keys decide where the first are equal, and at last the id.' })
export class VillageOrder {
  @Field(() => fields, { description: 'What to order by.' })
  field!: keyof typeof orderColumns;

  @Field(() => directions, { nullable: true, description: 'Which end comes first; the least where it is left out.' })
  direction?: 'ASC' | 'DESC' | null;
}

/** The columns of an order; by code where nothing is asked. Errors: `BAD_USER_INPUT` for a key that is named twice. */
export function orderKeys(
  orderBy: readonly VillageOrder[] | null | undefined,
): { column: string; descending: boolean }[] {
  const asked = orderBy?.length ? orderBy : [{ field: 'CODE', direction: 'ASC' } as const];
  const columns = asked.map(({ field }) => orderColumns[field]);
  columns.forEach((column, at) => {
    if (columns.indexOf(column) !== at) throw badInput(['orderBy', at, 'field'], 'A key stands in an order once.');
  });
  return asked.map(({ direction }, at) => ({ column: columns[at] as string, descending: direction === 'DESC' }));
}
