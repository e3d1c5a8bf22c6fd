import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { nameKey, unseenIn } from '../../src/es/name-key.ts';

const unseen = [
  '\u200b',
  '\u200c',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\u061c',
  '\ufe0f',
  '\u{e0100}',
  '\u3164',
  '\u115f',
  '\u034f',
  '\u180e',
  '\u{e0041}',
];

describe('nameKey()', () => {
  it.each([
    ['下围', '下\u200b围'],
    ['下围', '\ufeff下围\u2060'],
    ['白云', '⽩云'],
    ['六合', '\uf9d1合'],
    ['Ａ区', 'A区'],
    ['满（lang）塘', '满(lang)塘'],
    ['①村', '1村'],
    ['ﾊﾟ', 'パ'],
    ['é', 'e\u200b\u0301'],
    ['葛\u{e0100}村', '葛村'],
  ])('takes %s and %j for one name', (a, b) => {
    expect(nameKey(a)).toBe(nameKey(b));
  });

  it.each([
    ['下围', '下园'],
    ['户', '戶'],
    ['A', 'a'],
    ['1村', '2村'],
  ])('tells %s from %s', (a, b) => {
    expect(nameKey(a)).not.toBe(nameKey(b));
  });

  test.prop([fc.string({ unit: 'grapheme' }), fc.constantFrom(...unseen), fc.nat(20)])(
    'is the same with anything unseen in it, and folds to itself',
    (name, character, at) => {
      const characters = [...name];
      const hidden = [...characters.slice(0, at), character, ...characters.slice(at)].join('');
      expect(nameKey(nameKey(name))).toBe(nameKey(name));
      fc.pre(!/\p{M}/u.test(name) && /^[\p{L}\p{N}]*$/u.test(name));
      expect(nameKey(hidden)).toBe(nameKey(name));
    },
  );
});

describe('unseenIn()', () => {
  it.each(unseen)('names %j', (character) => {
    expect(unseenIn(`下${character}围`)).toMatch(/^U\+[0-9A-F]{4,5}$/);
  });

  it.each(['下围村民委员会', '碧桂园.太阳城', '满（lang）塘', 'Ａ區 1·2', '𠮷', ''])('finds nothing in %s', (name) => {
    expect(unseenIn(name)).toBeNull();
  });
});
