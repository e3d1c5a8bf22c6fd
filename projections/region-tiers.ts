/** Region tiers at any moment: which divisions each holds. */
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type RegionTierRow = {
  readonly status: 'HOLDS' | 'ENDED';
  readonly name: string;
  /** JSON of the ids of its divisions, and of those below them that it does not hold. */
  readonly included: string;
  readonly excluded: string;
};

interface Pinned {
  readonly included: readonly string[];
  readonly excluded: readonly string[];
}
const pinned = ({ included, excluded }: Pinned) => ({
  included: JSON.stringify(included),
  excluded: JSON.stringify(excluded),
});

export const regionTiers: Projection<RegionTierRow> = {
  name: 'region_tiers',
  version: 1,
  entity: 'tier',
  columns: { status: 'text', name: 'text', included: 'text', excluded: 'text' },
  indexes: [],
  handlers: handlers<'tier', RegionTierRow>({
    tier: {
      RegionTierDefined: (_, data) => ({ status: 'HOLDS', name: data.name, ...pinned(data) }),
      RegionTierChanged: (row, data) => row && { ...row, status: 'HOLDS', ...pinned(data) },
      RegionTierEnded: (row) => row && { ...row, status: 'ENDED' },
    },
  }),
};
