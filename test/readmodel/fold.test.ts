import { describe, it } from 'vitest';
import { hamletOccurrences, hamlets } from '../support/hamlets.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';

describe('read model', () => {
  it('answers for any moment what the fold of the log says', async () => {
    await holdsToTheFold(hamlets, hamletOccurrences, { runs: 60 });
  });
});
