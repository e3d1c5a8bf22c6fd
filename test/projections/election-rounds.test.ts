import fc from 'fast-check';
import { describe, it } from 'vitest';
import { electionRounds } from '../../projections/election-rounds.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';
import { some } from '../support/village-occurrences.ts';

const deployed = fc.record({
  division: some('44'),
  year: some(2017, 2021),
  from: some('2016-12-01'),
  to: some('2021-03-31'),
});

describe('electionRounds', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const rounds = occurrencesOf('round', ['er_aaaaaaaa', 'er_bbbbbbbb'], { ElectionRoundDeployed: deployed });
    await holdsToTheFold(electionRounds, rounds, { runs: 10 });
  });
});
