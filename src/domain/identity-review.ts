/** Cases of identity that no rule decides: listed for a clerk, who links, unlinks or dismisses. Stream `review-<reviewId>`. */
import { z } from 'zod';
import type { Aggregate } from '../es/aggregate.ts';
import { streamOf } from '../es/event.ts';
import { plainGuard } from './act.ts';
import { corrections } from './corrections.ts';
import { refuse } from './refuse.ts';
import { LocalDate, officialName, StatisticalCode, VillageId } from './scalars.ts';
import { codes, command, event, part, text } from './vocabulary.ts';

export const ReviewReason = codes('ReviewReason', 'Why no rule decides a case.', {
  SEVERAL_CANDIDATES: 'More than one record fits equally well.',
  SIMILAR_NAME: 'A record that went and one that came nearby are one character apart.',
  RULES_DISAGREE: 'The code speaks for one record, the name for another.',
  CONTRADICTION: 'An edition that came late contradicts what was linked before.',
  OVERLAP: 'Two records that would be one village are listed on the same day.',
});

const ReviewCandidate = part('ReviewCandidate', 'A record that may be the village.', {
  village: VillageId.describe('The village it is held for.'),
  code: StatisticalCode.optional().describe('Code in its edition.'),
  name: officialName().describe('Name in its edition.'),
  on: LocalDate.describe('Day of its edition.'),
});

const events = {
  ...corrections,
  IdentityReviewRaised: event(
    'A case of identity was left for a clerk.',
    {
      reason: ReviewReason,
      candidates: z.array(ReviewCandidate).min(1).max(50).describe('The records in question.'),
      explanation: text(500).describe('What speaks for which, in one sentence.'),
    },
    { zh: '提请核定同一性', subjects: (data) => data.candidates.map(({ village }) => streamOf('village', village)) },
  ),
  IdentityReviewDismissed: event(
    'A clerk found that the records stay as they are.',
    {
      reason: text(500).describe('Why they stay.'),
    },
    { zh: '同一性核定完毕' },
  ),
};

const commands = {
  raiseIdentityReview: command('Leave a case of identity for a clerk.', events.IdentityReviewRaised.shape, {
    zh: '提请核定同一性',
    creates: true,
  }),
  dismissIdentityReview: command(
    'State that the records of a case stay as they are.',
    events.IdentityReviewDismissed.shape,
    { zh: '维持原记录' },
  ),
};

type ReviewState = { readonly status: 'NONE' | 'OPEN' | 'DISMISSED' };

export const identityReview: Aggregate<typeof events, ReviewState, typeof commands> = {
  name: 'review',
  events,
  commands,
  initial: { status: 'NONE' },
  guard: plainGuard,

  evolve: {
    EventVoided: (state) => state,
    IdentityReviewRaised: () => ({ status: 'OPEN' }),
    IdentityReviewDismissed: (state) => (state.status === 'NONE' ? state : { status: 'DISMISSED' }),
  },

  decide: {
    // Identity has no day: the case holds from the calendar's first, so that its settlement, dated by the records that
    // it moves, always comes after it.
    raiseIdentityReview: (data, state) =>
      state.status === 'NONE' ? [{ type: 'IdentityReviewRaised', data, effectiveOn: '1900-01-01' }] : [],
    dismissIdentityReview: (data, state, { history }) => {
      if (state.status === 'NONE') return refuse('E_NOT_FOUND', 'There is no such review.');
      if (history.some(({ type }) => type === 'VillagesLinked' || type === 'VillageUnlinked')) {
        return refuse('E_ALREADY_EXISTS', 'The case is settled: its records were linked or unlinked.');
      }
      return state.status === 'DISMISSED' ? [] : [{ type: 'IdentityReviewDismissed', data }];
    },
  },
};
