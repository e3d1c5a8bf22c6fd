import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { safeCell } from '../../src/graphql/exports/safe-cell.ts';

describe('safeCell()', () => {
  it.each([
    '=1+1',
    '+1+cmd|',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '＝1+1',
    '＋x',
    '－x',
    '＠x',
    '﹦1',
    '﹣x',
    '﹫x',
    '  =1',
    '\u00a0=1',
    '\u3000＝1',
    '\u200b=1',
    '\ufeff+x',
    '\n@x',
    '-',
    '=',
    '+-5',
    '-5e3(1)',
  ])('makes a text of %j', (value) => {
    expect(safeCell(value)).toBe(`'${value}`);
  });

  it.each(['下围村委会', 'a=b', '1+1', '(=1)', "'=1", '', ' ', '440118102243', '2020-06-30', '碧桂园.太阳城'])(
    'leaves %j as it is',
    (value) => {
      expect(safeCell(value)).toBe(value);
    },
  );

  it.each([-5, 0, 1.5, '-5', '+5', '-0.25', '100', true, null, undefined])(
    'leaves %j a number, or what it was',
    (value) => {
      expect(String(safeCell(value))).toBe(String(value));
    },
  );

  it('makes one cell of lists and objects', () => {
    expect(safeCell(['=1'])).toBe('["=1"]');
  });

  test.prop([fc.string({ unit: 'binary' })])('lets no text begin as a formula does', (value) => {
    expect(/^[=+\-@\t\r＝＋－＠]/.test(String(safeCell(value)).trimStart()) && !/^[+-]?[\d.]+$/.test(value)).toBe(
      false,
    );
  });
});
