/** Platforms of deliberation and demonstration sites of each village at any moment, and what was reported of its matters. */
import type { Projection } from '../src/es/projection.ts';
import { handlers, type Step } from './handlers.ts';
import { otherSystems, type Placed, placedColumns, placesOf, placing, rowOr } from './placed.ts';

/** A platform as the row holds it. */
export interface StoredPlatform {
  readonly name: string;
  readonly form: string;
  readonly zones: readonly string[];
  readonly groupName: string | null;
  readonly areaSquareMetres: number | null;
  readonly openedOn: string;
}
/** A demonstration site as the row holds it. */
export interface StoredSite {
  readonly platform: string;
  readonly level: string;
  readonly batch: string | null;
  readonly documentNumber: string | null;
  readonly designatedOn: string;
}

type Own = {
  /** The open platforms as JSON, by the day of their opening. */
  readonly platforms: string;
  readonly platform_count: number;
  /** The designations that hold, as JSON. */
  readonly sites: string;
  readonly site_count: number;
  /** Totals as reported; null where none were. */
  readonly reported_passed: number | null;
  readonly reported_carried_out: number | null;
  readonly reported_as_of: string | null;
};
export type VillageDeliberationRow = Placed & Own;

const own: Own = {
  platforms: '[]',
  platform_count: 0,
  sites: '[]',
  site_count: 0,
  reported_passed: null,
  reported_carried_out: null,
  reported_as_of: null,
};

const platformsOf = ({ platforms }: Own) => JSON.parse(platforms) as StoredPlatform[];
const sitesOf = ({ sites }: Own) => JSON.parse(sites) as StoredSite[];
const withPlatforms = (platforms: readonly StoredPlatform[]) => ({
  platforms: JSON.stringify(platforms),
  platform_count: platforms.length,
});
const withSites = (sites: readonly StoredSite[]) => ({ sites: JSON.stringify(sites), site_count: sites.length });

const change =
  <Data>(
    pick: (data: Data, row: VillageDeliberationRow, on: string) => Partial<Own>,
  ): Step<VillageDeliberationRow, Data> =>
  (row, data, _, { effectiveOn }) => {
    const before = rowOr(row, own);
    return { ...before, ...pick(data, before, effectiveOn) };
  };

export const villageDeliberation: Projection<VillageDeliberationRow> = {
  name: 'village_deliberation',
  version: 1,
  entity: 'village',
  columns: {
    ...placedColumns,
    platforms: 'text',
    platform_count: 'integer',
    sites: 'text',
    site_count: 'integer',
    reported_passed: 'integer',
    reported_carried_out: 'integer',
    reported_as_of: 'text',
  },
  indexes: [],
  cube: {
    measures: ['platforms', 'demonstrationSites'],
    groups: placesOf,
    counts: ({ listed, platform_count, site_count }) => (listed ? [platform_count, site_count] : [0, 0]),
  },
  handlers: handlers<'village', VillageDeliberationRow>({
    ...otherSystems,
    village: placing(own),
    deliberation: {
      DeliberationPlatformOpened: change(({ name, form, zones, groupName, areaSquareMetres }, row, openedOn) =>
        withPlatforms([
          ...platformsOf(row).filter((each) => each.name !== name),
          {
            name,
            form,
            zones: zones ?? [],
            groupName: groupName ?? null,
            areaSquareMetres: areaSquareMetres ?? null,
            openedOn,
          },
        ]),
      ),
      DeliberationPlatformClosed: change(({ name }, row) => ({
        ...withPlatforms(platformsOf(row).filter((each) => each.name !== name)),
        ...withSites(sitesOf(row).filter(({ platform }) => platform !== name)),
      })),
      DemonstrationSiteDesignated: change(({ platform, level, batch, documentNumber }, row, designatedOn) =>
        withSites([
          ...sitesOf(row).filter((each) => each.platform !== platform || each.level !== level),
          { platform, level, batch: batch ?? null, documentNumber: documentNumber ?? null, designatedOn },
        ]),
      ),
      DemonstrationSiteRevoked: change(({ platform, level }, row) =>
        withSites(sitesOf(row).filter((each) => each.platform !== platform || each.level !== level)),
      ),
      DeliberationTallyReported: change(({ passed, carriedOut }, _, asOf) => ({
        reported_passed: passed,
        reported_carried_out: carriedOut,
        reported_as_of: asOf,
      })),
    },
  }),
};
