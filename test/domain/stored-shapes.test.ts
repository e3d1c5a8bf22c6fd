import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventCatalogue } from '../../src/domain/index.ts';
import { packageRoot } from '../../src/package-root.ts';
import { breaches, type Shape, shapeOf } from '../support/event-shape.ts';

/** Shapes by event type and version, as programs in use have written them. It is added to, never changed. */
const written = JSON.parse(readFileSync(join(packageRoot, 'test/fixtures/event-shapes.json'), 'utf8')) as Readonly<
  Record<string, Shape>
>;

const today = new Map(
  [...eventCatalogue].map(([type, { version, schema }]) => [`${type}.${version}`, shapeOf(schema)]),
);

describe('the stored shape of an event', () => {
  it.each(Object.entries(written))('%s only ever gains optional fields', (typeAndVersion, before) => {
    const [type = '', version = ''] = typeAndVersion.split('.');
    const definition = eventCatalogue.get(type);
    expect(definition, `${type} is in logs: it cannot go`).toBeDefined();
    expect(definition?.version).toBeGreaterThanOrEqual(Number(version));
    const now = today.get(typeAndVersion);
    // An older version is rebuilt by its upcasts, which have tests of their own.
    expect(now ? breaches(before, now) : []).toEqual([]);
  });

  it('is held in test/fixtures/event-shapes.json, every field of it', () => {
    const missing = [...today].flatMap(([type, shape]) =>
      Object.entries(shape).flatMap(([path, kind]) =>
        written[type]?.[path] === kind ? [] : [`${type}: ${path} ${kind}`],
      ),
    );
    expect(missing).toEqual([]);
  });
});

describe('breaches()', () => {
  const before = shapeOf(
    z.strictObject({ a: z.string(), b: z.enum(['X', 'Y']).optional(), c: z.array(z.strictObject({ d: z.int() })) }),
  );
  const change = (shape: Readonly<Record<string, string>>) => breaches(before, { ...before, ...shape });

  it('lets optional fields and codes be added', () => {
    expect(change({ e: 'string?', b: 'W|X|Y?', 'c[].f': 'integer?', g: 'object?', 'g.h': 'string' })).toEqual([]);
  });

  it('finds what would break old events', () => {
    const { a: _, ...without } = before;
    expect(breaches(before, without)).toEqual(['a is gone']);
    expect(change({ a: 'integer' })).toEqual(['a was string and is integer']);
    expect(change({ a: 'string?' })).toEqual(['a was string and is string?']);
    expect(change({ b: 'X?' })).toEqual(['b was X|Y? and is X?']);
    expect(change({ e: 'string' })).toEqual(['e is new and is asked for']);
    expect(change({ 'c[].f': 'integer' })).toEqual(['c[].f is new and is asked for']);
  });
});
