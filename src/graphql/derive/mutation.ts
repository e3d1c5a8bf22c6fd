/** Mutations out of a shape of the vocabulary: input type, check, payload. */
import { Arg, Ctx, InputType, Mutation } from 'type-graphql';
import { z } from 'zod';
import { invariant } from '../../es/errors.ts';
import type { RequestContext } from '../context.ts';
import { badInput } from '../input-error.ts';
import { checkWritable, type Payload } from '../payload.ts';
import { refuseUnseen } from './refuse-unseen.ts';
import { type AnyClass, addFields, namedClass } from './types.ts';

/** What a mutation was given, without nulls. */
export type Data = Readonly<Record<string, unknown>>;
type Handler = (data: Data, context: RequestContext) => Promise<Payload>;

export interface MutationOf {
  readonly name: string;
  readonly description: string;
  readonly input: AnyClass;
  readonly payload: AnyClass | undefined;
  readonly deprecationReason?: string;
}

/** Declares a mutation on a resolver class: its input from the shape, refused where nothing may be written. */
export function addMutation(
  target: AnyClass,
  name: string,
  description: string,
  shape: z.ZodRawShape,
  payload: AnyClass | undefined,
  handle: Handler,
): void {
  addMutationOf(target, { name, description, input: inputClass(name, shape), payload }, handle);
}

/** The input type of a mutation, `RenameVillageInput` for renameVillage. */
export function inputClass(name: string, shape: z.ZodRawShape): AnyClass {
  const inputName = `${capitalised(name)}Input`;
  const input = namedClass(inputName);
  InputType(inputName, { description: `What ${name} takes.` })(input);
  addFields(input, shape, 'input', inputName);
  return input;
}

/** Declares a mutation on a resolver class with an input type that is there already. */
export function addMutationOf(target: AnyClass, mutation: MutationOf, handle: Handler): void {
  const { name, description, input, payload, deprecationReason } = mutation;
  invariant(payload, `${name} has a payload type`);
  const prototype = target.prototype as Record<string, unknown>;
  prototype[name] = async (given: object, context: RequestContext): Promise<Payload> => {
    checkWritable(context);
    try {
      const data = withoutNulls(given) as Data;
      refuseUnseen(data, ['input']);
      return await handle(data, context);
    } catch (error) {
      throw error instanceof z.ZodError ? inputError(error) : error;
    }
  };
  Mutation(() => payload, { nullable: true, description, deprecationReason })(prototype, name, {});
  Arg('input', () => input, { description: 'What is asked for.' })(prototype, name, 0);
  Ctx()(prototype, name, 1);
}

export const capitalised = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** Plain objects without nulls: a field of null is a field that was left out. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const given = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return Object.fromEntries(given.map(([key, each]) => [key, withoutNulls(each)]));
}

function inputError(error: z.ZodError) {
  const [issue] = error.issues;
  const path = (issue?.path ?? []).map((step) => (typeof step === 'number' ? step : String(step)));
  return badInput(['input', ...path], `${path.join('.') || 'The input'}: ${issue?.message ?? 'is not valid'}.`);
}
