import { describe, expect, it } from 'vitest';
import { given, type Told } from '../support/given.ts';
import { divisionIds, ids, of, places, start, villagesListed } from '../support/hamlet-county.ts';
import { worldOf } from '../support/world.ts';

const { province, prefecture, county, newCounty, shitan } = divisionIds;
const stream = `division-${shitan}`;
const fresh = 'division-d_fresh0000';
const day = '2019-01-01';
const record = { code: '440118102', name: '石滩镇', level: 'TOWNSHIP', parent: county };
const world: readonly Told[] = [...places, ...villagesListed];
const refused = (code: string) => expect.objectContaining({ code });

describe('listDivision', () => {
  it('enters a division, and states nothing where it is already so', async () => {
    const scene = await given(...world);
    const asked = { ...record, code: '440118105', name: '派潭镇' };
    await expect(scene.when(fresh, 'listDivision', asked, day)).resolves.toEqual([
      { type: 'DivisionListed', effectiveOn: day, data: asked },
    ]);
    await expect(scene.when(stream, 'listDivision', record, day)).resolves.toEqual([]);
  });

  it('states what an edition changes, each change by its own event', async () => {
    const now = { ...record, code: '440119102', name: '石滩街道', parent: newCounty };
    const facts = await (await given(...world)).when(stream, 'listDivision', now, day);
    expect(facts.map(({ type }) => type)).toEqual(['DivisionTransferred', 'DivisionCodeChanged', 'DivisionRenamed']);
    expect(facts[0]?.data).toEqual({ fromParent: county, toParent: newCounty, villages: [] });
  });

  it('states whole what no single change says: a division above where none was known', async () => {
    const bare = of(fresh, 'DivisionListed', start, { ...record, code: '440118105', parent: undefined });
    const scene = await given(...world, bare);
    const facts = await scene.when(fresh, 'listDivision', { ...record, code: '440118105' }, day);
    expect(facts).toEqual([{ type: 'DivisionListed', effectiveOn: day, data: { ...record, code: '440118105' } }]);
  });

  it.each([
    ['E_CODE_TAKEN', record],
    ['E_CODE_BAND', { ...record, code: '4401181' }],
    ['E_DIVISION_UNKNOWN', { ...record, code: '440118105', parent: province }],
    ['E_DIVISION_UNKNOWN', { ...record, code: '440118105', parent: undefined }],
    ['E_DIVISION_UNKNOWN', { code: '45', name: '外省', level: 'PROVINCE', parent: province }],
  ])('refuses by %s what a clerk enters against the rules', async (code, asked) => {
    await expect((await given(...world)).when(fresh, 'listDivision', asked, day)).rejects.toEqual(refused(code));
  });

  it('takes the roster as it stands', async () => {
    const asked = { ...record, edition: 2019, rule: 'FIRST_RECORD' };
    await expect((await given(...world)).when(fresh, 'listDivision', asked, day)).resolves.toHaveLength(1);
  });
});

describe('renameDivision', () => {
  it('records both names, and states nothing where it has the name', async () => {
    const scene = await given(...world);
    await expect(scene.when(stream, 'renameDivision', { name: '石滩街道' }, day)).resolves.toEqual([
      { type: 'DivisionRenamed', effectiveOn: day, data: { oldName: '石滩镇', newName: '石滩街道' } },
    ]);
    await expect(scene.when(stream, 'renameDivision', { name: '石滩街道' }, '2020-01-01')).resolves.toEqual([]);
    await expect(scene.when(stream, 'renameDivision', { name: '石滩镇' }, '2018-01-01')).resolves.toEqual([]);
  });

  it('refuses a division that is not there', async () => {
    const when = (await given(...world)).when(fresh, 'renameDivision', { name: '石滩街道' }, day);
    await expect(when).rejects.toEqual(refused('E_DIVISION_UNKNOWN'));
  });
});

describe('changeDivisionCode', () => {
  const change = async (code: string) => (await given(...world)).when(stream, 'changeDivisionCode', { code }, day);

  it('records both codes, and states nothing where it has the code', async () => {
    await expect(change('440118002')).resolves.toEqual([
      { type: 'DivisionCodeChanged', effectiveOn: day, data: { oldCode: '440118102', newCode: '440118002' } },
    ]);
    await expect(change('440118102')).resolves.toEqual([]);
  });

  it.each([
    ['E_CODE_BAND', '440118'],
    ['E_CODE_TAKEN', '440118104'],
  ])('refuses by %s', async (code, to) => {
    await expect(change(to)).rejects.toEqual(refused(code));
  });
});

describe('transferDivision', () => {
  it('names the villages that move with it', async () => {
    const scene = await given(...world);
    await expect(scene.when(stream, 'transferDivision', { parent: newCounty }, day)).resolves.toEqual([
      {
        type: 'DivisionTransferred',
        effectiveOn: day,
        data: {
          fromParent: county,
          toParent: newCounty,
          county: newCounty,
          prefecture,
          villages: [ids.baima, ids.xiawei],
        },
      },
    ]);
    expect(worldOf(await scene.log()).villagesBelow(newCounty, day)).toHaveLength(2);
    await expect(scene.when(stream, 'transferDivision', { parent: newCounty }, day)).resolves.toEqual([]);
  });

  it('leaves its villages without a county right under a prefecture', async () => {
    const scene = await given(...world);
    await scene.when(stream, 'transferDivision', { parent: prefecture }, day);
    expect(worldOf(await scene.log()).village(ids.xiawei, day)).toMatchObject({ county: undefined, prefecture });
  });

  it.each([
    ['a province', stream, province],
    ['no division', stream, 'd_absent0000'],
    ['a township', stream, shitan],
    ['a county that would move', `division-${county}`, prefecture],
  ])('refuses %s', async (_, moving, parent) => {
    const when = (await given(...world)).when(moving, 'transferDivision', { parent }, day);
    await expect(when).rejects.toEqual(refused('E_DIVISION_UNKNOWN'));
  });
});

describe('delistDivision', () => {
  it('records it once', async () => {
    const scene = await given(...world);
    await expect(scene.when(stream, 'delistDivision', {}, day)).resolves.toHaveLength(1);
    await expect(scene.when(stream, 'delistDivision', {}, day)).resolves.toEqual([]);
    expect(worldOf(await scene.log()).division(shitan, day)).toBeNull();
  });

  it('refuses a division that is not there', async () => {
    await expect((await given(...world)).when(fresh, 'delistDivision', {}, day)).rejects.toEqual(
      refused('E_DIVISION_UNKNOWN'),
    );
  });
});
