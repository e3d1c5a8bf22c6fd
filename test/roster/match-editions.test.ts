import { describe, expect, it } from 'vitest';
import { matchDivisions } from '../../src/roster/match-divisions.ts';
import { matchVillages } from '../../src/roster/match-villages.ts';
import { indexPlaces, type PlaceIndex } from '../../src/roster/place-index.ts';
import { editionRows, editionYears, indexOf } from '../support/editions.ts';

/** Codes and rule of what was recognised, and the open cases by code. */
function compare(a: PlaceIndex, b: PlaceIndex) {
  const divisions = matchDivisions(a, b);
  const { pairs, open } = matchVillages(a, b, divisions);
  const codeA = (at: number) => a.villages[at]?.code;
  const codeB = (at: number) => b.villages[at]?.code;
  return {
    divisions,
    pairs: pairs.map((pair) => [codeA(pair.a), codeB(pair.b), pair.rule]),
    open: open.map((each) => [each.reason, each.a.map(codeA), each.b.map(codeB)]),
  };
}

const town = { '440101100': '石滩镇', '440101101': '仙村镇' };

describe('matchVillages()', () => {
  it('recognises a village by code and base name, however its suffix is spelled', () => {
    const { pairs } = compare(
      indexOf({ ...town, '440101100201': '下围村委会' }),
      indexOf({ ...town, '440101100201': '石滩镇下围村村民委员会' }),
    );
    expect(pairs).toEqual([['440101100201', '440101100201', 'SAME_CODE_SAME_NAME']]);
  });

  it('lets a name found in its own township beat the code', () => {
    const { pairs } = compare(
      indexOf({ ...town, '440101100201': '石便村委会', '440101100202': '贺江村委会' }),
      indexOf({ ...town, '440101100201': '新围村委会', '440101100202': '石便村委会', '440101100203': '贺江村委会' }),
    );
    expect(pairs).toEqual([
      ['440101100201', '440101100202', 'SAME_TOWNSHIP_OTHER_CODE'],
      ['440101100202', '440101100203', 'SAME_TOWNSHIP_OTHER_CODE'],
    ]);
  });

  it('takes a name that nobody else has, under the same code, for a rename', () => {
    const { pairs, open } = compare(
      indexOf({ ...town, '440101100201': '松朗村委会' }),
      indexOf({ ...town, '440101100201': '松蓢村委会' }),
    );
    expect(pairs).toEqual([['440101100201', '440101100201', 'SAME_CODE_OTHER_NAME']]);
    expect(open).toEqual([]);
  });

  it('takes a lost character that is spelled out for the same name', () => {
    const { pairs } = compare(
      indexOf({ ...town, '440101100201': '大?村委会' }),
      indexOf({ ...town, '440101100201': '大(土郎)村委会' }),
    );
    expect(pairs).toEqual([['440101100201', '440101100201', 'SAME_CODE_SAME_NAME']]);
  });

  it('finds a village in another township of its county', () => {
    const { pairs } = compare(
      indexOf({ ...town, '440101100201': '下围村委会' }),
      indexOf({ ...town, '440101101207': '下围村民委员会' }),
    );
    expect(pairs).toEqual([['440101100201', '440101101207', 'SAME_COUNTY_SAME_NAME']]);
  });

  it('keeps a village and a community of one name apart, and sees a village become a community', () => {
    const both = compare(
      indexOf({ ...town, '440101100001': '人和社区居委会', '440101100201': '人和村委会' }),
      indexOf({ ...town, '440101100001': '人和社区居委会', '440101100202': '人和村委会' }),
    );
    expect(both.pairs.map(([, code]) => code)).toEqual(['440101100001', '440101100202']);
    const changed = compare(
      indexOf({ ...town, '440101100201': '人和村委会' }),
      indexOf({ ...town, '440101100001': '人和社区居委会' }),
    );
    expect(changed.pairs).toEqual([['440101100201', '440101100001', 'KIND_CHANGED']]);
  });

  it('finds a village in another county of its prefecture', () => {
    const { pairs } = compare(
      indexOf({ ...town, '440101100001': '马峦社区居委会' }),
      indexOf({ ...town, '440102': '坪区', '440102001': '马峦街道', '440102001003': '马峦社区居委会' }),
    );
    expect(pairs).toEqual([['440101100001', '440102001003', 'OTHER_COUNTY']]);
  });

  it('does not guess between two of one name', () => {
    const { pairs, open } = compare(
      indexOf({ ...town, '440101100201': '塘尾村委会', '440101101201': '塘尾村委会' }),
      indexOf({
        '440101102': '甲镇',
        '440101102201': '塘尾村委会',
        '440101103': '乙镇',
        '440101103201': '塘尾村委会',
      }),
    );
    expect(pairs).toEqual([]);
    expect(open).toEqual([['SEVERAL_CANDIDATES', ['440101100201', '440101101201'], ['440101102201', '440101103201']]]);
  });

  it('lists a name that is one character off, and a rename that the names speak against', () => {
    const similar = compare(
      indexOf({ ...town, '440101100201': '带村村委会' }),
      indexOf({ ...town, '440101100202': '戴村村委会' }),
    );
    expect(similar.open).toEqual([['SIMILAR_NAME', ['440101100201'], ['440101100202']]]);
    const torn = compare(
      indexOf({ ...town, '440101100201': '雁塔村委会', '440101101201': '荔湖村委会' }),
      indexOf({ ...town, '440101100201': '荔湖村委会' }),
    );
    expect(torn.open).toEqual([['RULES_DISAGREE', ['440101100201', '440101101201'], ['440101100201']]]);
  });
});

describe('matchDivisions()', () => {
  it('follows a township to another code and suffix', () => {
    const { pairs } = matchDivisions(indexOf({ '440101100': '石滩镇' }), indexOf({ '440101001': '石滩街道办事处' }));
    expect(pairs.at(-1)).toEqual({ a: '440101100', b: '440101001', rule: 'SAME_PARENT_OTHER_CODE' });
  });

  it('lets the villages speak where code and name contradict', () => {
    const villages = (code: string) => ({ [`${code}201`]: '下围村委会', [`${code}202`]: '上围村委会' });
    const { pairs } = matchDivisions(
      indexOf({ '440101100': '石滩镇', ...villages('440101100') }),
      indexOf({ '440101100': '仙村镇', '440101100201': '岳湖村委会', '440101101': '新滩镇', ...villages('440101101') }),
    );
    expect(pairs.filter(({ a }) => a === '440101100')).toEqual([
      { a: '440101100', b: '440101101', rule: 'SAME_VILLAGES' },
    ]);
  });
});

describe('the real editions', () => {
  const indexes = new Map(editionYears.map((year) => [year, indexPlaces(`${year}`, editionRows(year))]));
  const between = (year: number) =>
    compare(indexes.get(year as 2016) as PlaceIndex, indexes.get((year + 1) as 2016) as PlaceIndex);

  it('pair each record at most once, and leave few cases open', () => {
    for (const year of editionYears.slice(0, -1)) {
      const { pairs, open } = between(year);
      expect(new Set(pairs.map(([a]) => a)).size).toBe(pairs.length);
      expect(new Set(pairs.map(([, b]) => b)).size).toBe(pairs.length);
      expect(open.length).toBeLessThan(20);
    }
  });

  it('follow 福永 to its new code, and know 福海 for a new street', () => {
    const { divisions, pairs } = between(2016);
    expect(divisions.toB.get('440306004')).toBe('440306020');
    expect(divisions.toA.has('440306021')).toBe(false);
    expect(pairs).toContainEqual(['440306004013', '440306021008', 'SAME_COUNTY_SAME_NAME']);
  });

  it('follow 坪山 out of 龙岗', () => {
    const { divisions, pairs } = between(2016);
    expect(divisions.toA.has('440310')).toBe(false);
    expect(divisions.toB.get('440307007')).toBe('440310001');
    expect(pairs).toContainEqual(['440307007003', '440310002003', 'OTHER_COUNTY']);
  });

  it('keep 石便 itself when its code passes to 戴村', () => {
    const { pairs, open } = between(2019);
    expect(pairs).toContainEqual(['441225104202', '441225104203', 'SAME_TOWNSHIP_OTHER_CODE']);
    expect(pairs.map(([, b]) => b)).not.toContain('441225104202');
    expect(open).toContainEqual(['SIMILAR_NAME', ['441225104201'], ['441225104202']]);
  });

  it('follow 白马 to its new code', () => {
    expect(between(2022).pairs).toContainEqual(['441427116201', '441427102201', 'SAME_TOWNSHIP_OTHER_CODE']);
  });
});
