import fc from 'fast-check';
import { describe, it } from 'vitest';
import { villageDeliberation } from '../../projections/village-deliberation.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { some, villageEvents, villageId, villageIds } from '../support/village-occurrences.ts';

const village = villageId;
const platform = some('议事厅', '村民议事会');
const level = some('COUNTY', 'PROVINCE');
const optional = <T>(value: T) => fc.option(some(value), { nil: undefined });

const deliberationEvents = {
  DeliberationPlatformOpened: fc.record({
    village,
    name: platform,
    form: some('HALL', 'COUNCIL'),
    zones: optional(['HOST', 'SUPERVISION']),
    groupName: optional('第一村民小组'),
    areaSquareMetres: optional(300),
  }),
  DeliberationPlatformClosed: fc.record({ village, name: platform }),
  DemonstrationSiteDesignated: fc.record({
    village,
    platform,
    level,
    batch: optional('第一批'),
    documentNumber: optional('粤民发〔2019〕1号'),
  }),
  DemonstrationSiteRevoked: fc.record({ village, platform, level }),
  DeliberationTallyReported: fc.record({ village, passed: some(2, 156), carriedOut: some(1, 153) }),
};

describe('villageDeliberation', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = occurrencesOf('village', villageIds, { ...villageEvents, ...deliberationEvents });
    await holdsToTheFold(villageDeliberation, occurrences, { runs: 10 });
  });
});
