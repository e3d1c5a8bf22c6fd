import { describe, expect, it } from 'vitest';
import { newName, officialName } from '../../src/domain/scalars.ts';
import { nameKey, unseenIn } from '../../src/es/name-key.ts';
import { by, committees, refusedAs, villageIds } from '../support/acts.ts';
import { editionRows, editionYears } from '../support/editions.ts';
import { given } from '../support/given.ts';

const stream = `deliberation-${villageIds.villagers}`;
const hall = { name: 'A议事厅（东）', form: 'HALL', zones: ['HOST'], areaSquareMetres: 300 };
const wide = 'Ａ议事厅(东)';

describe('a name in other widths', () => {
  it('opens no second platform, and finds the one that is open', async () => {
    const scene = await given(...committees);
    await scene.when(stream, 'openDeliberationPlatform', hall, '2017-01-01');
    const again = scene.when(stream, 'openDeliberationPlatform', { ...hall, name: wide }, '2018-01-01');
    await expect(again).rejects.toEqual(refusedAs('deliberation.NAME_TAKEN'));
    const site = { platform: wide, level: 'COUNTY' };
    const [designated] = await scene.when(stream, 'designateDemonstrationSite', site, '2018-01-01', by.county);
    expect(designated?.data).toMatchObject({ platform: hall.name });
    const [closed] = await scene.when(stream, 'closeDeliberationPlatform', { name: wide }, '2019-01-01');
    expect(closed?.data).toMatchObject({ name: hall.name });
  });
});

describe('names of villages', () => {
  it.each(editionYears.slice(-1))('of the edition of %i hold nothing that is not seen', (year) => {
    const names = editionRows(year).map(({ name }) => name);
    expect(names.filter((name) => unseenIn(name) !== null || !officialName().safeParse(name).success)).toEqual([]);
    expect(names.filter((name) => nameKey(name) === '')).toEqual([]);
  });

  it.each(['下\u200b围', '下围\ufe0f', '\u3164', '下\u00ad围', '下\u{e0100}围', '下 围', '\ufeff下围'])(
    'are refused with what is not seen: %j',
    (name) => {
      expect(newName().safeParse(name).success).toBe(false);
    },
  );
});
