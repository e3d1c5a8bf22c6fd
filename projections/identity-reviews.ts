/** Cases of identity left for a clerk, open until a link, an unlink or a dismissal settles them. */
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type IdentityReviewRow = {
  readonly status: 'OPEN' | 'LINKED' | 'UNLINKED' | 'DISMISSED';
  readonly reason: string;
  readonly explanation: string;
  /** The candidates as JSON: { village, code, name, on } each. */
  readonly candidates: string;
};

const settle = (row: IdentityReviewRow | null, status: IdentityReviewRow['status']) => row && { ...row, status };

export const identityReviews: Projection<IdentityReviewRow> = {
  name: 'identity_reviews',
  version: 1,
  entity: 'review',
  columns: { status: 'text', reason: 'text', explanation: 'text', candidates: 'text' },
  indexes: [['status']],
  handlers: handlers<'review', IdentityReviewRow>({
    review: {
      IdentityReviewRaised: (_, { reason, explanation, candidates }) => ({
        status: 'OPEN',
        reason,
        explanation,
        candidates: JSON.stringify(candidates),
      }),
      IdentityReviewDismissed: (row) => settle(row, 'DISMISSED'),
    },
    village: {
      VillagesLinked: (row) => settle(row, 'LINKED'),
      VillageUnlinked: (row) => settle(row, 'UNLINKED'),
      VillageListed: 'ignore',
      VillageEstablished: 'ignore',
      VillageRenamed: 'ignore',
      VillageCodeChanged: 'ignore',
      VillageKindChanged: 'ignore',
      VillageSubordinationTransferred: 'ignore',
      VillageDelisted: 'ignore',
      VillageAbolished: 'ignore',
      VillagesMerged: 'ignore',
      VillageSplit: 'ignore',
      VillageBoundaryAdjusted: 'ignore',
      UrbanRuralClassAssigned: 'ignore',
      DivisionTransferred: 'ignore',
    },
  }),
};
