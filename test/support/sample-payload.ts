/** A payload of an event type, made from its schema: every field that is asked for, none of the others. */
import { z } from 'zod';
import { eventCatalogue } from '../../src/domain/index.ts';
import { terms } from '../../src/domain/vocabulary.ts';
import { invariant } from '../../src/es/errors.ts';

/** Values of the scalars, by name. */
const scalars: Readonly<Record<string, unknown>> = {
  LocalDate: '2021-05-06',
  YearMonth: '2021-05',
  StatisticalCode: '440118102243',
  DivisionCode: '440118102',
  VillageId: 'v_xiawei000',
  DivisionId: 'd_shitan000',
  StandardId: 's_aaaaaaaaaa',
  TierId: 't_aaaaaaaaaa',
  DisclosurePeriod: '2021-Q1',
  DimensionCode: 'D1',
  DefinitionCode: 'D1',
  CreditCode: '5444011800000000XU',
  Fen: '30000',
  BasisPoints: 5_000,
  BigCount: '26361',
  CertificateItemCode: 'KINSHIP',
  Sha256: 'a'.repeat(64),
  PersonRef: `p_${'a'.repeat(24)}`,
};

/** A payload that the type's schema takes. Throws for a schema that this cannot fill. */
export function samplePayload(type: string): object {
  const schema = eventCatalogue.get(type)?.schema;
  invariant(schema, `the catalogue knows ${type}`);
  return schema.parse(sampleOf(schema, type)) as object;
}

/** A value that a schema takes, rules that reach over several fields left out. Throws where this cannot fill it. */
export function sampleOf(schema: z.ZodType, path: string): unknown {
  const term = terms.get(schema);
  if (term?.kind === 'scalar' && term.name in scalars) return scalars[term.name];
  if (schema instanceof z.ZodObject) {
    const asked = Object.entries(schema.shape as z.ZodRawShape).filter(([, each]) => !(each instanceof z.ZodOptional));
    return Object.fromEntries(asked.map(([key, each]) => [key, sampleOf(each as z.ZodType, `${path}.${key}`)]));
  }
  if (schema instanceof z.ZodArray) return [sampleOf(schema.element as z.ZodType, `${path}[]`)];
  if (schema instanceof z.ZodEnum) return schema.options[0];
  if (schema instanceof z.ZodBoolean) return true;
  if (schema instanceof z.ZodNumber) return Math.max(3, Number(schema.minValue ?? 0));
  if (schema instanceof z.ZodString) {
    const made = [`某${path.at(-1)}`, 'x_aaaaaaaa', 'v_xiawei000.0', 'WUHUA'].find(
      (text) => schema.safeParse(text).success,
    );
    if (made !== undefined) return made;
  }
  throw new Error(`${path}: add a sample of this scalar (${term?.name ?? schema.type})`);
}
