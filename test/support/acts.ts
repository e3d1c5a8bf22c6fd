/** What tests of the systems' acts share: villages that are there, the bodies that decide, and how a refusal is expected. */
import { expect } from 'vitest';
import { refusalCatalogue } from '../../src/domain/refusals.ts';
import { invariant } from '../../src/es/errors.ts';
import type { Authority } from '../../src/es/event.ts';
import { ids, of, places, streams, villagesListed, xiawei } from './hamlet-county.ts';

/** 下围 and 白马, villagers' committees in 石滩, and 荔城, a residents' committee there. */
export const committees = [
  ...places,
  ...villagesListed,
  of(streams.other, 'VillageListed', '2016-07-31', {
    ...xiawei,
    code: '440118102001',
    name: '荔城社区居委会',
    shortName: '荔城',
    kind: 'RESIDENTS_COMMITTEE',
  }),
];

export const villageIds = { villagers: ids.xiawei, second: ids.baima, residents: ids.other } as const;

const body = (level: Authority['level'], division: string | undefined, organ: string) => ({
  decidedBy: { level, ...(division ? { division } : {}), organ },
});

/** Headers that say who decided. */
export const by = {
  township: body('TOWNSHIP', '440118102', '石滩镇人民政府'),
  otherTownship: body('TOWNSHIP', '440118104', '中新镇人民政府'),
  county: body('COUNTY', '440118', '增城区人民政府'),
  prefecture: body('PREFECTURE', '4401', '广州市人民政府'),
  province: body('PROVINCE', '44', '广东省民政厅'),
  centre: body('CENTRE', undefined, '民政部'),
} as const;

/** What a command rejects with where it is refused: the refusal by its name in the catalogue, `charter.ALREADY_OPEN`. */
export function refusedAs(name: string) {
  const refusal = refusalCatalogue.get(name);
  invariant(refusal, `the catalogue of refusals knows ${name}`);
  return expect.objectContaining({ code: refusal.code, details: expect.objectContaining({ refusal: name }) });
}
