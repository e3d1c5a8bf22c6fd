import { describe, expect, it } from 'vitest';
import { shortNameOf } from '../../src/domain/village-name.ts';
import { divisionKey } from '../../src/roster/division-key.ts';
import { baseNameKey, isSpelledOut } from '../../src/roster/name-key.ts';
import { indexPlaces } from '../../src/roster/place-index.ts';
import { editionRows, editionYears } from '../support/editions.ts';

describe('shortNameOf()', () => {
  it.each([
    ['下围村委会', '下围'],
    ['下围村民委员会', '下围'],
    ['下围村村民委员会', '下围'],
    ['下围村村委会', '下围'],
    ['稔田社区居委会', '稔田'],
    ['翠洲社区居民委员会', '翠洲'],
    ['光明居民委员会', '光明'],
    ['戴村村委会', '戴村'],
    ['夏村村委会', '夏村'],
    ['许村民委员会', '许村'],
    ['溪口三村民委员会', '溪口三'],
    ['南漖社区居委会会', '南漖'],
    ['黄麻布社区居委', '黄麻布'],
    ['地派社区居委员会', '地派'],
    ['海湾社区居委委员会', '海湾'],
    ['大澳渔委会', '大澳'],
    ['新星渔民委员会社区', '新星'],
    ['光华居委会（无人口）', '光华'],
    ['东澳村', '东澳'],
    ['龙穴社区', '龙穴'],
    ['民生农场生活区', '民生农场'],
    ['大岭山林场虚拟社区', '大岭山林场'],
    ['碧桂园.太阳城社区居委会', '碧桂园.太阳城'],
    ['满（lang）塘居民委员会', '满（lang）塘'],
    ['大(土郎)村民委员会', '大(土郎)'],
    ['大?村委会', '大?'],
    ['渔委会', '渔委会'],
  ])('gives of %s: %s', (name, base) => {
    expect(shortNameOf(name)).toBe(base);
  });

  it.each([
    ['东源县灯塔镇下围村民委员会', ['灯塔镇', '东源县', '河源市', '广东省'], '下围'],
    ['广东省河源市和平县大坝镇鹅塘村村民委员会', ['大坝镇', '和平县', '河源市', '广东省'], '鹅塘'],
    ['潮州市枫溪区詹厝村民委员会', ['枫溪镇', '潮安区', '潮州市', '广东省'], '詹厝'],
    ['金渡镇沙头社区居民委员会', ['金渡镇', '高要区', '肇庆市', '广东省'], '沙头'],
    ['金渡镇社区居委会', ['金渡镇', '高要区', '肇庆市', '广东省'], '金渡镇'],
    ['银湖湾管委会虚拟生活区', ['银湖湾', '新会区', '江门市', '广东省'], '银湖湾管委会'],
    ['石滩村委会', ['石滩镇', '增城区', '广州市', '广东省'], '石滩'],
  ])('leaves out the place in %s', (name, places, base) => {
    expect(shortNameOf(name, places)).toBe(base);
  });

  it.each(editionYears)('is never empty in the edition of %i', (year) => {
    const { villages } = indexPlaces(`${year}-07-31`, editionRows(year));
    expect(villages.filter(({ shortName, key }) => shortName === '' || key === '')).toEqual([]);
  });
});

describe('baseNameKey()', () => {
  it.each([
    ['仁里村', '仁里'],
    ['碧桂园.太阳城', '碧桂园太阳城'],
    ['夏村', '夏'],
  ])('takes %s and %s for one name', (a, b) => {
    expect(baseNameKey(a)).toBe(baseNameKey(b));
  });

  it('tells 人和 from 人和东', () => {
    expect(baseNameKey('人和')).not.toBe(baseNameKey('人和东'));
  });
});

describe('isSpelledOut()', () => {
  it.each([
    ['大?', '大(土郎)', true],
    ['大?', '大㘵', true],
    ['满（lang）塘', '满?塘', true],
    ['?心', '㘵心', true],
    ['大?', '小㘵', false],
    ['大?', '大㘵东', false],
    ['大㘵', '大塱', false],
  ])('says of %s and %s: %s', (a, b, spelledOut) => {
    expect(isSpelledOut(a, b)).toBe(spelledOut);
  });
});

describe('divisionKey()', () => {
  it.each([
    ['福永街道办事处', '福永街道'],
    ['东山镇', '东山街道办'],
    ['光明办事处', '光明街道办事处'],
  ])('takes %s and %s for one township', (a, b) => {
    expect(divisionKey(a, 'TOWNSHIP')).toBe(divisionKey(b, 'TOWNSHIP'));
  });

  it('takes 增城市 and 增城区 for one county', () => {
    expect(divisionKey('增城市', 'COUNTY')).toBe(divisionKey('增城区', 'COUNTY'));
  });
});
