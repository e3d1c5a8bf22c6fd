/** Rounds of elections that the province deployed. */
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type ElectionRoundRow = {
  readonly division: string;
  readonly year: number;
  readonly first_day: string;
  readonly last_day: string;
  readonly deployed_on: string;
};

export const electionRounds: Projection<ElectionRoundRow> = {
  name: 'election_rounds',
  version: 1,
  entity: 'round',
  columns: { division: 'text', year: 'integer', first_day: 'text', last_day: 'text', deployed_on: 'text' },
  indexes: [],
  handlers: handlers<'round', ElectionRoundRow>({
    round: {
      ElectionRoundDeployed: (_, { division, year, from, to }, __, { effectiveOn }) => ({
        division,
        year,
        first_day: from,
        last_day: to,
        deployed_on: effectiveOn,
      }),
    },
  }),
};
