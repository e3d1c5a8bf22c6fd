import fc from 'fast-check';
import { describe, it } from 'vitest';
import { persons } from '../../projections/persons.ts';
import { occurrencesOf } from '../support/arbitrary-history.ts';
import { holdsToTheFold } from '../support/holds-to-the-fold.ts';

const ids = ['a', 'b'].map((letter) => `p_${letter.repeat(24)}`);
const personRef = fc.constantFrom(...ids);
const field = fc.record({
  field: fc.constantFrom('NAME', 'PHONE'),
  processingGround: fc.constant('STATUTORY_DUTY'),
  retention: fc.constant('ARCHIVE'),
});

describe('persons', () => {
  it('answers for any moment what the fold of the log says', async () => {
    const occurrences = occurrencesOf('person', ids, {
      PersonRegistered: fc.oneof(
        fc.record({ personRef }),
        fc.record({ personRef, village: fc.constantFrom('v_xiawei0001', 'v_baima00001') }),
      ),
      PersonalDataStored: fc.record({
        personRef,
        fields: fc.array(field, { minLength: 1, maxLength: 2 }),
        noticeShown: fc.constant(true),
      }),
      PersonalDataAccessed: fc.record({
        personRef,
        by: fc.constant('auditor-1'),
        purpose: fc.constant('x'),
        fields: fc.constant(['NAME']),
      }),
      PersonKeyDestroyed: fc.record({ personRef, ground: fc.constant('PURPOSE_MET'), approvals: fc.constant([]) }),
    });
    await holdsToTheFold(persons, occurrences, { runs: 10 });
  });
});
