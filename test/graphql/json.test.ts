import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { CodedError } from '../../src/es/errors.ts';
import { decodeUtf8, parseJson } from '../../src/graphql/json.ts';

const limits = { jsonDepthMax: 32, jsonKeysMax: 100 };
const parse = (text: string) => parseJson(text, limits);

function refusal(act: () => unknown): Record<string, unknown> {
  try {
    act();
  } catch (error) {
    if (error instanceof CodedError) return { code: error.code, message: error.message, ...error.details };
    throw error;
  }
  throw new Error('It was taken.');
}

describe('parseJson()', () => {
  test.prop([fc.json({ maxDepth: 20 })])('reads what JSON.parse reads, as it reads it', (text) => {
    const expected: unknown = JSON.parse(text);
    // Half characters, NUL and numbers without exact value are refused on purpose.
    fc.pre(!/\\u(d[89ab]|dc|dd|de|df|0000)|\d{16}|e\+?\d{3}/i.test(text));
    expect(parse(text)).toEqual(expected);
  });

  test.prop([fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0019eE+-. tnlx\n') })])(
    'takes nothing that JSON.parse does not, and knows no third answer',
    (text) => {
      let parsed: unknown;
      try {
        parsed = parse(text);
      } catch (error) {
        expect(error).toBeInstanceOf(CodedError);
        return;
      }
      expect(parsed).toEqual(JSON.parse(text));
    },
  );

  it.each(['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '{"b":[{"a":1,"c":{"a":1},"a":2}]}', '{"":1,"":2}'])(
    'refuses a key that comes twice: %s',
    (text) => {
      expect(refusal(() => parse(text))).toMatchObject({
        code: 'BAD_REQUEST',
        message: expect.stringMatching(/twice/),
      });
    },
  );

  it('takes a key again in another object', () => {
    expect(parse('{"a":{"a":[{"a":1},{"a":"a"}]}}')).toEqual({ a: { a: [{ a: 1 }, { a: 'a' }] } });
  });

  it.each(['[', '{"a":', '[[],{"a":[{}],"b":'])(
    'refuses 45,000 levels of %s at the first that is too deep',
    (piece) => {
      expect(refusal(() => parse(piece.repeat(45_000)))).toMatchObject({
        code: 'E_LIMIT',
        limit: 'jsonDepthMax',
        max: 32,
      });
    },
  );

  it('counts the keys of one object, and takes as many as may be', () => {
    const keys = (count: number) => `{"o":{${Array.from({ length: count }, (_, at) => `"k${at}":{}`).join()}}}`;
    expect(() => parse(keys(100))).not.toThrow();
    expect(refusal(() => parse(keys(101))).limit).toBe('jsonKeysMax');
  });

  it('counts the levels, not the brackets', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(() => parse(nested(32))).not.toThrow();
    expect(refusal(() => parse(nested(33))).limit).toBe('jsonDepthMax');
    expect(parse(`[${'[],'.repeat(1_000)}"[[["]`)).toHaveLength(1_001);
  });

  it('lets no key reach the prototypes', () => {
    const parsed = parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}');
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(Object.keys(parsed as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it.each([
    [
      'half of a surrogate pair',
      '{"query":"q","variables":{"input":{"names":["a","\\ud83d"]}}}',
      ['input', 'names', 1],
    ],
    ['the other half', '{"payload":{"variables":{"name":"\\udc00a"}}}', ['name']],
    ['NUL', '{"variables":{"name":"a\\u0000"}}', ['name']],
    ['a number beyond a double', '{"variables":{"n":1e400}}', ['n']],
    ['a whole number that a double rounds', '{"variables":{"ids":[1,9007199254740993]}}', ['ids', 1]],
    ['half a character outside of variables', '{"query":"\\ud800"}', ['query']],
  ])('refuses %s, and says where', (_, text, path) => {
    expect(refusal(() => parse(text))).toMatchObject({ code: 'BAD_USER_INPUT', path });
  });

  it('takes whole pairs, and numbers that are held', () => {
    expect(parse('["\\ud83d\\ude00", "𠮷", 9007199254740991, 0.1, -1e-7, 1.5e300]')).toEqual([
      '😀',
      '𠮷',
      9007199254740991,
      0.1,
      -1e-7,
      1.5e300,
    ]);
  });

  it.each([
    '',
    '\ufeff{}',
    '{"a":"\u0000"}',
    '\u0000',
    '{"a\\u0000":1}',
    "{'a':1}",
    '{"a":1,}',
    '{"a":NaN}',
    '01',
    '{} {}',
    '"\\x"',
  ])('refuses %j as no JSON', (text) => {
    expect(refusal(() => parse(text)).code).toBe('BAD_REQUEST');
  });
});

describe('decodeUtf8()', () => {
  it.each([
    ['a byte that begins nothing', [0x22, 0xff, 0x22]],
    ['an overlong form', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a character cut short', [0xe4, 0xb8]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00]],
  ])('refuses %s', (_, bytes) => {
    expect(refusal(() => decodeUtf8(Buffer.from(bytes))).code).toBe('BAD_REQUEST');
  });

  it('reads the rest', () => {
    expect(decodeUtf8(Buffer.from('下围村 𠮷'))).toBe('下围村 𠮷');
  });
});
