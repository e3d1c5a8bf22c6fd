/** Random payloads of a schema of the vocabulary: ids and codes from small pools, so that they meet each other. */
import fc from 'fast-check';
import { z } from 'zod';
import { terms } from '../../src/domain/vocabulary.ts';
import { villageIds } from './acts.ts';
import { divisionIds } from './hamlet-county.ts';

const some = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const days = ['2017-03-01', '2018-12-29', '2019-06-01', '2020-06-30', '2021-05-06', '2022-01-01'] as const;

/** Values of the scalars, by name: mostly such as the tests' small county knows. */
const scalars: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  LocalDate: some(...days),
  YearMonth: some('2018-12', '2019-01', '2020-06', '2021-04'),
  StatisticalCode: some('440118102243', '440118102244', '440118102250'),
  DivisionCode: some('44', '4401', '440118', '440118102', '440118104'),
  VillageId: some(villageIds.villagers, villageIds.second, villageIds.residents),
  DivisionId: some(...Object.values(divisionIds)),
  Fen: some('0', '30000', '60000', '100000'),
  BasisPoints: some(0, 2_500, 5_000, 10_000),
  BigCount: some('2', '26361'),
  Sha256: some('a'.repeat(64), 'b'.repeat(64)),
  PersonRef: some(`p_${'a'.repeat(24)}`, `p_${'b'.repeat(24)}`, `p_${'c'.repeat(24)}`, `p_${'d'.repeat(24)}`),
  CreditCode: some('5444011800000000XU'),
};

/** An arbitrary of what the schema takes, rules that reach over several fields left out. `ids`: what opaque ids may be.
 *  Throws for a schema that the vocabulary does not have. */
export function arbitraryOf(schema: z.ZodType, ids: readonly string[], path = ''): fc.Arbitrary<unknown> {
  const term = terms.get(schema);
  const known = term && scalars[term.name];
  if (known) return known;
  if (term?.kind === 'scalar' && ids.length > 0) return some(...ids);
  if (schema instanceof z.ZodOptional) {
    return fc.option(arbitraryOf(schema.unwrap() as z.ZodType, ids, path), { nil: undefined, freq: 2 });
  }
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape as z.ZodRawShape);
    const record = fields.map(([key, each]) => [key, arbitraryOf(each as z.ZodType, ids, `${path}.${key}`)] as const);
    return fc.record(Object.fromEntries(record)).map(withoutUndefined);
  }
  if (schema instanceof z.ZodArray) {
    return fc.array(arbitraryOf(schema.element as z.ZodType, ids, `${path}[]`), { minLength: 1, maxLength: 3 });
  }
  if (schema instanceof z.ZodEnum) return some(...schema.options);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) {
    const min = Math.max(0, Number(schema.minValue ?? 0));
    const max = Math.max(min, Math.min(Number(schema.maxValue ?? 1_000), 10_000));
    return some(...[0, 1, 2, 3, 5, 7, 40, 60, 100, 2_019, min].filter((value) => value >= min && value <= max));
  }
  if (schema instanceof z.ZodString) return some('甲', '乙', 'OFFICE', ...ids.slice(0, 1));
  throw new Error(`${path}: a random ${term?.name ?? schema.type} is not known`);
}

const withoutUndefined = (value: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
