import { describe, expect, it } from 'vitest';
import { findPersonalData, personalDataIn } from '../../src/domain/personal-data.ts';

describe('personalDataIn()', () => {
  // Made up: the digits of the check are those of the standards, the persons are none.
  it.each([
    ['IDENTITY_NUMBER', '身份证44010419800101123X。'],
    ['IDENTITY_NUMBER', '44010419800101 1234'],
    ['IDENTITY_NUMBER', '４４０１０４１９８００１０１１２３４'],
    ['IDENTITY_NUMBER', '440104800101123'],
    ['BANK_CARD', '卡号6222021234567890128'],
    ['BANK_CARD', '4111-1111-1111-1111'],
    ['PHONE', '电话13812345678'],
    ['PHONE', '+86 138 1234 5678'],
    ['PHONE', '020-83312345'],
    ['PHONE', '电话：020—8331234'],
    ['PHONE', '“138·1234·5678”'],
    ['PHONE', '①③⑧①②③④⑤⑥⑦⑧'],
  ])('finds an %s in %s', (kind, text) => {
    expect(personalDataIn(text)).toBe(kind);
  });

  it.each([
    '440118102243',
    '粤财农〔2015〕625号',
    '5444011800000000XU',
    '2021-05-06',
    '90000000000',
    'a'.repeat(64),
    '1234567890123456',
    'v_1381234567812345678a',
    '156项，153项已落实',
  ])('takes %s for what it is', (text) => {
    expect(personalDataIn(text)).toBeNull();
  });
});

describe('findPersonalData()', () => {
  it('says where in a value it stands', () => {
    expect(findPersonalData({ data: { items: [{ title: '无' }, { title: '13812345678' }] } })).toEqual({
      path: 'data.items.1.title',
      kind: 'PHONE',
    });
    expect(findPersonalData({ count: 13_812_345_678, none: null })).toBeNull();
  });
});
