import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LocalDate } from '../../src/domain/scalars.ts';
import { DateTimeScalar } from '../../src/graphql/scalars.ts';
import { packageRoot } from '../../src/package-root.ts';
import { Child } from '../support/child.ts';
import { instants } from '../support/day-program.ts';

describe('the day', () => {
  it.each(['UTC', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Shanghai'])(
    'is Shanghai’s in a process of %s, summer time or not',
    async (zone) => {
      const before = process.env.TZ;
      process.env.TZ = zone;
      const child = new Child(join(packageRoot, 'test', 'support', 'day-program.ts'));
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
      await child.printed(1);
      await child.ended();
      const expected = [
        ['2021-02-03', '2021-02-03T15:59:59.999Z'],
        ['2021-02-04', '2021-02-03T16:00:00.000Z'],
        ['2021-02-04', '2021-02-03T16:00:00.000Z'],
        ['2021-03-14', '2021-03-14T07:30:00.000Z'],
        ['2020-02-29', '2020-02-29T11:00:00.000Z'],
        ['2025-01-01', '2024-12-31T16:00:00.000Z'],
      ];
      const days = instants.map((text, at) => [text, ...(expected[at] ?? [])]);
      expect(JSON.parse(child.lines[0] ?? '')).toEqual({ zone, days });
    },
  );
});

describe('DateTime', () => {
  it.each([
    ['midnight by another name', '2021-02-03T24:00:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['a day that is none', '2021-02-30T00:00:00Z'],
    ['a leap day of another year', '2021-02-29T00:00:00Z'],
    ['a month that is none', '2021-13-01T00:00:00Z'],
    ['an hour that is none', '2021-02-03T25:00:00Z'],
    ['an offset that is none', '2021-02-03T10:00:00+24:00'],
    ['no offset', '2021-02-03T10:00:00'],
    ['a zone by name', '2021-02-03T10:00:00 Asia/Shanghai'],
    ['a day alone', '2021-02-03'],
    ['other digits', '２０２１-02-03T10:00:00Z'],
    ['a number', 1_612_346_400_000],
    ['something after it', '2021-02-03T10:00:00Z\n'],
  ])('refuses %s', (_, value) => {
    expect(() => DateTimeScalar.parseValue(value)).toThrow(/DateTime/);
  });

  it('takes any offset, and leap days of leap years', () => {
    expect(DateTimeScalar.parseValue('2020-02-29T08:00:00+08:00')).toBe(Date.UTC(2020, 1, 29));
    expect(DateTimeScalar.parseValue('2020-02-29T05:45:00.25+05:45')).toBe(Date.UTC(2020, 1, 29) + 250);
  });
});

describe('LocalDate', () => {
  it.each([
    '2021-02-30',
    '2021-2-3',
    '2021-02-03T00:00:00Z',
    '1899-12-31',
    '3000-01-01',
    '２０２１-02-03',
    '2021-02-03\n',
    '20210203',
  ])('refuses %j', (value) => {
    expect(LocalDate.safeParse(value).success).toBe(false);
  });
});
