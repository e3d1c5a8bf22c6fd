/** GraphQL types out of the catalogue's vocabulary: scalars, enums, object and input types. A shape that is not known here
 *  throws at start with the field's name; types are made at once, never in a thunk, since the schema collects them first. */
import 'reflect-metadata';
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { z } from 'zod';
import { type Term, terms } from '../../domain/vocabulary.ts';

type Direction = 'output' | 'input';
export type AnyClass = new () => object;

/** A field as the decorators take it. */
export interface DerivedField {
  readonly type: () => unknown;
  readonly nullable: boolean;
  readonly description: string;
}

const scalars = new Map<string, GraphQLScalarType>();
const enums = new Map<string, object>();
const classes = new Map<string, AnyClass>();

/** The field of a zod schema. Throws where the vocabulary has no such type, or the field no description. */
function fieldOf(schema: z.ZodType, direction: Direction, where: string): DerivedField {
  const optional = schema instanceof z.ZodOptional;
  const inner = (optional ? schema.unwrap() : schema) as z.ZodType;
  const description = schema.description ?? inner.description ?? terms.get(inner)?.description;
  if (!description) throw new Error(`${where} has no description`);
  if (inner instanceof z.ZodArray) {
    const item = typeOf(inner.element as z.ZodType, direction, where);
    return { type: () => [item], nullable: optional, description };
  }
  const type = typeOf(inner, direction, where);
  return { type: () => type, nullable: optional, description };
}

/** The GraphQL type of a term of the vocabulary, for hand-written classes: a scalar or an enum. */
export const termType = (schema: z.ZodType): (() => GraphQLScalarType) => {
  const type = typeOf(schema, 'output', 'a term');
  return () => type as GraphQLScalarType;
};

/** The class of a part as an object type, for hand-written classes. */
export const partType = (schema: z.ZodType): AnyClass => typeOf(schema, 'output', 'a part') as AnyClass;

function typeOf(schema: z.ZodType, direction: Direction, where: string): unknown {
  const term = terms.get(schema);
  if (term?.name === 'ID') return ID;
  if (term?.kind === 'scalar') return once(scalars, term.name, () => toScalar(term, schema));
  if (term?.kind === 'codes') return once(enums, term.name, () => toEnum(term));
  if (term?.kind === 'part' && schema instanceof z.ZodObject) return toClass(term, schema, direction);
  if (schema instanceof z.ZodString) return String;
  if (schema instanceof z.ZodBoolean) return Boolean;
  if (schema instanceof z.ZodNumber && fitsInt(schema)) return Int;
  throw new Error(`${where} is of a type that GraphQL is not told of`);
}

/** GraphQL's Int has 32 bits: a wider one would fail when it is read. */
const fitsInt = (schema: z.ZodNumber): boolean =>
  schema.format === 'safeint' && (schema.maxValue ?? Infinity) <= 2_147_483_647 && (schema.minValue ?? -Infinity) >= -1;

function once<T>(known: Map<string, T>, name: string, make: () => T): T {
  let made = known.get(name);
  if (made === undefined) {
    made = make();
    known.set(name, made);
  }
  return made;
}

function toScalar({ name, description, asVariable }: Term, schema: z.ZodType): GraphQLScalarType {
  const check = (value: unknown) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const message = `${name} ${parsed.error.issues[0]?.message ?? 'is not valid'}.`;
    throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
  };
  return new GraphQLScalarType({
    name,
    description,
    // What left the log was checked on its way in.
    serialize: (value) => value,
    parseValue: check,
    parseLiteral: (node) => (asVariable ? refuseLiteral(name) : check(node.kind === Kind.STRING ? node.value : null)),
  });
}

function refuseLiteral(name: string): never {
  throw new GraphQLError(`${name} is sent as a variable, never within the operation.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

function toEnum({ name, description, values = {} }: Term): object {
  const members = Object.fromEntries(Object.keys(values).map((value) => [value, value]));
  const valuesConfig = Object.fromEntries(
    Object.entries(values).map(([value, meaning]) => [value, { description: meaning }]),
  );
  registerEnumType(members, { name, description, valuesConfig });
  return members;
}

function toClass({ name, description }: Term, { shape }: z.ZodObject, direction: Direction): AnyClass {
  const typeName = direction === 'input' && !name.endsWith('Input') ? `${name}Input` : name;
  return once(classes, typeName, () => {
    const target = namedClass(typeName);
    if (direction === 'input') InputType(typeName, { description })(target);
    else ObjectType(typeName, { description, simpleResolvers: true })(target);
    addFields(target, shape, direction, typeName);
    return target;
  });
}

/** Declares each of a shape's fields on a class. */
export function addFields(target: AnyClass, shape: z.ZodRawShape, direction: Direction, typeName: string): void {
  for (const [key, schema] of Object.entries(shape)) {
    const { type, ...options } = fieldOf(schema as z.ZodType, direction, `${typeName}.${key}`);
    Field(type as () => StringConstructor, options)(target.prototype, key);
  }
}

/** A class of its own for each derived type: what type-graphql knows types by. */
export function namedClass(name: string): AnyClass {
  const target = class {};
  Object.defineProperty(target, 'name', { value: name });
  return target;
}
