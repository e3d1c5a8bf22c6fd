/** The five words in which every catalogue is written: scalar, codes, part, event, command. What they say is read by
 *  graphql/derive (types, inputs, mutations), by the JSON Schema of the events and by the manual. */
import { z } from 'zod';
import type { Payload } from '../es/aggregate.ts';
import { CodedError } from '../es/errors.ts';

/** What a named schema is to the outside: its GraphQL name, its kind and its words. */
export interface Term {
  readonly name: string;
  readonly kind: 'scalar' | 'codes' | 'part';
  readonly description: string;
  /** Of codes: what each value means. */
  readonly values?: Readonly<Record<string, string>>;
  /** Of scalars: true where a value comes as a variable only. The text of an operation is remembered, its variables are not. */
  readonly asVariable?: true;
}

/** Names and descriptions of the vocabulary's schemas: zod's own `id` is lost by `.describe()` and `.min()`. */
export const terms = z.registry<Term>();

/** A value with a format of its own. Its stored form is its GraphQL form. */
export function scalar<S extends z.ZodType>(
  name: string,
  description: string,
  schema: S,
  options: Pick<Term, 'asVariable'> = {},
): S {
  terms.add(schema, { name, kind: 'scalar', description, ...options });
  return schema;
}

/** A closed list of codes; a GraphQL enum. `values` says what each one means. */
export function codes<const V extends Record<string, string>>(name: string, description: string, values: V) {
  const schema = z.enum(Object.keys(values) as [keyof V & string, ...(keyof V & string)[]]);
  terms.add(schema, { name, kind: 'codes', description, values });
  return schema;
}

/** A nested object of payloads and inputs. */
export function part<Shape extends z.ZodRawShape>(name: string, description: string, shape: Shape) {
  const schema = z.strictObject(shape);
  terms.add(schema, { name, kind: 'part', description });
  return schema;
}

/** Free text of at most `max` characters: not blank, no control characters, none that turn the writing direction. */
export const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^(?=.*\S)[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u, 'is blank or holds control characters');

/** A whole number from 0 that fits GraphQL's Int. */
export const count = () => z.int().min(0).max(2_147_483_647);

/** What one version of an event said, in the words of the next. */
export type Upcast = (stored: Record<string, unknown>) => Record<string, unknown>;

export interface EventOptions<Data> {
  /** Its name in Chinese, for the manual. */
  readonly zh: string;
  /** From version n (its index + 1) to the next. Their number is today's version − 1. */
  readonly upcasts?: readonly Upcast[];
  /** Streams of the other entities that the event names. */
  readonly subjects?: (data: Data) => readonly string[];
}

export interface EventDefinition<Shape extends z.ZodRawShape = z.ZodRawShape> extends Payload<Output<Shape>> {
  readonly description: string;
  /** Its name in Chinese. */
  readonly zh: string;
  readonly shape: Shape;
  readonly schema: z.ZodObject<Shape, z.core.$strict>;
}

/** An event: what happened, in one sentence, and its payload. Shapes are the stored format: add, never rename. */
export function event<Shape extends z.ZodRawShape>(
  description: string,
  shape: Shape,
  options: EventOptions<z.output<z.ZodObject<Shape, z.core.$strict>>>,
): EventDefinition<Shape> {
  const schema = z.strictObject(shape);
  const upcasts = options.upcasts ?? [];
  const check = (value: unknown) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new CodedError(
      'E_EVENT_INVALID',
      `An event does not have its type's shape: ${z.prettifyError(parsed.error)}`,
    );
  };
  return {
    // Never read: it carries the type to `DataOf`.
    _output: undefined as never,
    description,
    zh: options.zh,
    shape,
    schema,
    version: upcasts.length + 1,
    subjects: options.subjects,
    encode: check,
    decode(stored, version) {
      if (!Number.isInteger(version) || version < 1 || version > upcasts.length + 1) {
        throw new CodedError(
          'E_EVENT_UNKNOWN',
          `The log holds version ${version} of an event that is known up to ${upcasts.length + 1}.`,
        );
      }
      // What was checked on the way in needs no second check; only what an older program wrote is rebuilt and checked.
      if (version === upcasts.length + 1) return stored as z.output<typeof schema>;
      return check(
        upcasts.slice(version - 1).reduce((data, upcast) => upcast(data), stored as Record<string, unknown>),
      );
    },
  };
}

type Output<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape, z.core.$strict>>;

export interface CommandOptions<Data> {
  /** Its name in Chinese, for the manual. */
  readonly zh: string;
  /** Refuses what no single field can; say it in the description too. */
  readonly rule?: (data: Data) => { readonly path: string; readonly message: string } | undefined;
  /** True where the command makes its entity: the id comes from the commandId, so a repeat finds the same stream. */
  readonly creates?: boolean;
}

export interface CommandDefinition<Shape extends z.ZodRawShape = z.ZodRawShape> extends Payload<Output<Shape>> {
  readonly description: string;
  /** Its name in Chinese. */
  readonly zh: string;
  readonly shape: Shape;
  readonly creates: boolean;
  readonly schema: z.ZodType<Output<Shape>>;
}

/** A command: what a clerk may ask for, and its own fields beside the header every command has. */
export function command<Shape extends z.ZodRawShape>(
  description: string,
  shape: Shape,
  options: CommandOptions<Output<Shape>>,
): CommandDefinition<Shape> {
  const { rule, creates = false } = options;
  const object = z.strictObject(shape);
  const schema = rule
    ? object.superRefine((data, context) => {
        // A rule is written for data whose every field is right.
        if (context.issues.length > 0) return;
        const broken = rule(data as Output<Shape>);
        if (broken) context.addIssue({ code: 'custom', path: [broken.path], message: broken.message });
      })
    : object;
  return {
    _output: undefined as never,
    description,
    zh: options.zh,
    shape,
    creates,
    schema: schema as unknown as z.ZodType<Output<Shape>>,
    version: 1,
    encode: (value) => schema.parse(value),
    decode: (value) => schema.parse(value) as Output<Shape>,
  };
}
