import { describe, expect, it } from 'vitest';
import {
  DivisionCode,
  LocalDate,
  newName,
  officialName,
  StatisticalCode,
  VillageId,
} from '../../src/domain/scalars.ts';
import { text } from '../../src/domain/vocabulary.ts';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }) => (value: unknown) =>
  schema.safeParse(value).success;

describe('LocalDate', () => {
  it('is a day of the calendar from 1900 to 2999', () => {
    const days = ['1900-01-01', '2020-02-29', '2999-12-31'];
    expect(days.filter(accepts(LocalDate))).toEqual(days);
  });

  it('is nothing else', () => {
    const others = [
      '2019-02-29',
      '2020-13-01',
      '2020-00-10',
      '2020-04-31',
      '1899-12-31',
      '3000-01-01',
      '2020-1-1',
      '20200101',
      '2020-01-01T00:00:00Z',
      ' 2020-01-01',
      '2020-01-01\n',
      '+002020-01-01',
      '２０２０-01-01',
      '',
      20200101,
      null,
      new Date(0),
    ];
    expect(others.filter(accepts(LocalDate))).toEqual([]);
  });
});

describe('codes and ids', () => {
  it('are digits of the right number', () => {
    expect(['440118102243'].filter(accepts(StatisticalCode))).toHaveLength(1);
    expect(
      ['44011810224', '4401181022431', '44011810224x', '４４0118102243', '440118102243\n'].filter(
        accepts(StatisticalCode),
      ),
    ).toEqual([]);
    expect(['44', '4401', '440118', '440118102'].filter(accepts(DivisionCode))).toHaveLength(4);
    expect(['4', '440', '44011', '4401181', '440118102243'].filter(accepts(DivisionCode))).toEqual([]);
  });

  it('are ids without anything that a stream could not be called', () => {
    const others = [
      'v_',
      'v_short',
      'V_12345678',
      'v_1234567/',
      'v_1234567.0',
      'v_12345678-9',
      `v_${'a'.repeat(41)}`,
      'v_12345678\n',
    ];
    expect(others.filter(accepts(VillageId))).toEqual([]);
  });
});

describe('names', () => {
  it('are taken as published', () => {
    const names = ['下围村委会', '碧桂园.太阳城', '大?村委会', '满（lang）塘村委会', '𠮷村委会', 'A'];
    expect(names.filter(accepts(officialName()))).toEqual(names);
  });

  it('hold nothing by which two could look alike', () => {
    const names = [
      '',
      ' ',
      ' 下围',
      '下围 村委会',
      '下围\u3000村',
      '下围\u00a0村',
      '下围\u200b村',
      '下围\u202e村',
      '\ufeff下围',
      '下围\n',
      '下\ud800围',
      '村'.repeat(121),
    ];
    expect(names.filter(accepts(officialName()))).toEqual([]);
  });

  it('are typed in normal form C', () => {
    expect(['Xiawei\u0301', '\uf9d1'].filter(accepts(newName()))).toEqual([]);
    expect(accepts(newName())('Xiaweí')).toBe(true);
  });
});

describe('free text', () => {
  it('has something to say, and cannot turn the line around', () => {
    const texts = [
      '',
      '  ',
      '\u3000',
      'a\u0000',
      'a\nb',
      'a\u2028b',
      'a\u202eb',
      'a\u2066b',
      '\udc00',
      'a'.repeat(501),
    ];
    expect(texts.filter(accepts(text(500)))).toEqual([]);
    expect(['拆迁', 'a b', '“as decided”'].every(accepts(text(500)))).toBe(true);
  });
});
