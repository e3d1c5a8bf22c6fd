import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/es/canonical.ts';

const shuffledKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffledKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffledKeys(member)]),
  );
};

describe('canonicalJson()', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(shuffledKeys(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('is read back as what was written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // JSON itself knows no minus zero.
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is one text for one value, however often it is read and written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('sorts keys by code unit', () => {
    expect(canonicalJson({ b: 1, a: 2, Z: 3, 名: 4, '\u{1f600}': 5, '\ufb33': 6 })).toBe(
      '{"Z":3,"a":2,"b":1,"名":4,"\u{1f600}":5,"\ufb33":6}',
    );
  });

  it('leaves members out that are undefined', () => {
    expect(canonicalJson({ a: undefined, b: [{ c: undefined }] })).toBe('{"b":[{}]}');
  });

  it('keeps a key that is named like a prototype', () => {
    const value: unknown = JSON.parse('{"__proto__":{"a":1},"constructor":2}');
    expect(canonicalJson(value)).toBe('{"__proto__":{"a":1},"constructor":2}');
  });

  it('escapes half a character, so that the text is always sound', () => {
    expect(canonicalJson('\ud800')).toBe('"\\ud800"');
    expect(canonicalJson({ '\udc00': 1 })).toBe('{"\\udc00":1}');
  });

  it.each([
    ['NaN', Number.NaN],
    ['an infinite number', [Number.NEGATIVE_INFINITY]],
    ['undefined', undefined],
    ['undefined in a list', [undefined]],
    ['a hole in a list', new Array(1)],
    ['a function', { a: () => 1 }],
    ['a symbol', Symbol('a')],
    ['a bigint', 1n],
    ['a date', { on: new Date(0) }],
    ['a map', new Map([['a', 1]])],
  ])('refuses %s, which JSON cannot hold', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});
