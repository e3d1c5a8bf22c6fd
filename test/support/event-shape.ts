/** The shape of an event's payload, field by field: what the log's old events rely on. */
import type { z } from 'zod';
import { z as zod } from 'zod';

/** By path (`parts[].name`): the type, the codes it may hold, and `?` where it may be left out. */
export type Shape = Readonly<Record<string, string>>;

interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
}

export function shapeOf(schema: z.ZodType): Shape {
  const shape: Record<string, string> = {};
  walk(zod.toJSONSchema(schema, { io: 'input' }) as JsonSchema, '', false, shape);
  return shape;
}

function walk(schema: JsonSchema, path: string, optional: boolean, into: Record<string, string>): void {
  if (path !== '')
    into[path] = `${schema.enum ? [...schema.enum].sort().join('|') : schema.type}${optional ? '?' : ''}`;
  if (schema.items) walk(schema.items, `${path}[]`, false, into);
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    walk(member, path === '' ? name : `${path}.${name}`, !schema.required?.includes(name), into);
  }
}

/** What a later shape may not do to an earlier one: lose or change a field, lose a code, ask for a new field. */
export function breaches(before: Shape, now: Shape): string[] {
  const changed = Object.entries(before).flatMap(([path, type]) => {
    const today = now[path];
    if (today === undefined) return [`${path} is gone`];
    return keeps(type, today) ? [] : [`${path} was ${type} and is ${today}`];
  });
  const asked = Object.entries(now).flatMap(([path, type]) => {
    // Below a field that is new itself, only that one has to be optional.
    const isNew = !(path in before) && (parentOf(path) === '' || parentOf(path) in before);
    return isNew && !type.endsWith('?') && !path.endsWith('[]') ? [`${path} is new and is asked for`] : [];
  });
  return [...changed, ...asked];
}

const parentOf = (path: string) => path.replace(/(\.[^.]+|^[^.]+|\[\])$/, '');

function keeps(before: string, now: string): boolean {
  if (before === now) return true;
  if (!before.includes('|') || before.endsWith('?') !== now.endsWith('?')) return false;
  const codes = new Set(now.replace('?', '').split('|'));
  return before
    .replace('?', '')
    .split('|')
    .every((code) => codes.has(code));
}
