import { describe, expect, it } from 'vitest';
import { by, committees, refusedAs, villageIds } from '../support/acts.ts';
import { given } from '../support/given.ts';

const stream = `deliberation-${villageIds.villagers}`;
const hall = { name: '村民议事厅', form: 'HALL', zones: ['HOST', 'SPEAKER'], areaSquareMetres: 300 };
const site = { platform: hall.name, level: 'COUNTY' };

async function opened() {
  const scene = await given(...committees);
  await scene.when(stream, 'openDeliberationPlatform', hall, '2017-01-01');
  return scene;
}

describe('deliberation in a village', () => {
  it('has one open platform of a name', async () => {
    const scene = await opened();
    const open = () => scene.when(stream, 'openDeliberationPlatform', hall, '2018-01-01');
    await expect(open()).rejects.toEqual(refusedAs('deliberation.NAME_TAKEN'));
    await scene.when(stream, 'closeDeliberationPlatform', { name: hall.name }, '2017-06-01');
    expect(await open()).toHaveLength(1);
  });

  it('has demonstration sites where a platform is open, once a level', async () => {
    const scene = await opened();
    const designate = (platform: string) =>
      scene.when(stream, 'designateDemonstrationSite', { ...site, platform }, '2018-01-01', by.county);
    await expect(designate('别处')).rejects.toEqual(refusedAs('deliberation.PLATFORM_NOT_OPEN'));
    await designate(hall.name);
    await expect(designate(hall.name)).rejects.toEqual(refusedAs('deliberation.DESIGNATED_TWICE'));
  });

  it('loses a designation once', async () => {
    const scene = await opened();
    await scene.when(stream, 'designateDemonstrationSite', site, '2018-01-01', by.county);
    const revoke = () => scene.when(stream, 'revokeDemonstrationSite', site, '2019-01-01', by.county);
    expect(await revoke()).toHaveLength(1);
    await expect(revoke()).rejects.toEqual(refusedAs('deliberation.NOT_DESIGNATED'));
  });

  it('keeps what was reported of its matters', async () => {
    const scene = await given(...committees);
    const decidedBy = { decidedBy: { level: 'VILLAGE' as const, organ: '下围村民委员会' } };
    const facts = await scene.when(
      stream,
      'reportDeliberationTally',
      { passed: 156, carriedOut: 153 },
      '2020-03-31',
      decidedBy,
    );
    expect(facts.map(({ type }) => type)).toEqual(['DeliberationTallyReported']);
  });
});
