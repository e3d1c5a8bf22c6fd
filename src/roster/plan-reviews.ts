/** The part of an import's plan that leaves cases to a clerk, and takes back those that the arriving edition settles. */
import { identityReview } from '../domain/identity-review.ts';
import { type LocalDate, streamOf } from '../es/event.ts';
import { opaqueId } from './digest.ts';
import type { Identities } from './identities.ts';
import type { PlannedCommand } from './import-plan.ts';
import type { PlaceIndex, VillageUnit } from './place-index.ts';
import type { Contradiction } from './plan-villages.ts';
import { isImported } from './roster-log.ts';

type Reason = 'SEVERAL_CANDIDATES' | 'SIMILAR_NAME' | 'RULES_DISAGREE' | 'CONTRADICTION' | 'OVERLAP';

/** A record as a case names it. */
interface Candidate {
  readonly village: string;
  readonly code: string;
  readonly name: string;
  readonly on: LocalDate;
}

interface ReviewCase {
  readonly reason: Reason;
  readonly candidates: readonly Candidate[];
}

const explanations: Readonly<Record<Reason, string>> = {
  SEVERAL_CANDIDATES: 'Several records share kind and base name, and nothing tells which goes on as which.',
  SIMILAR_NAME:
    'One record went and one came nearby, their names one character apart: a respelling, or another village.',
  RULES_DISAGREE: 'By its code the record was renamed; by its name it stands elsewhere in the county.',
  CONTRADICTION: 'An edition that came late shows the record to be another village’s than it was held for.',
  OVERLAP: 'By rule the records are one village, by a clerk’s link they would be two on one day.',
};

const candidatesMax = 50;

/** Commands that raise the cases which stand and dismiss those which no longer do. */
export function planReviews(identities: Identities, contradictions: readonly Contradiction[]): PlannedCommand[] {
  const { log } = identities;
  const cases = new Map(reviewCases(identities, contradictions).map((each) => [reviewId(each), each]));
  const raised = [...cases].filter(([id]) => !log.reviews.has(id));
  const commands = raised.map(([id, { reason, candidates }]): PlannedCommand => {
    const data = { reason, candidates, explanation: explanations[reason] };
    const effectiveOn = candidates
      .map(({ on }) => on)
      .sort()
      .at(-1) as LocalDate;
    return {
      aggregate: identityReview,
      name: 'raiseIdentityReview',
      stream: streamOf('review', id),
      data,
      effectiveOn,
    };
  });
  const arriving = identities.set.editions[identities.arriving] as PlaceIndex;
  for (const [id, events] of log.reviews) {
    const [raise] = events;
    // What was found by comparing editions is settled when a comparison no longer finds it; anything said since stands.
    if (cases.has(id) || events.length > 1 || !raise || !isImported(raise)) continue;
    if ((raise.data as ReviewCase).reason === 'CONTRADICTION') continue;
    const data = { reason: `The edition of ${arriving.on} settles it.` };
    const { effectiveOn } = raise;
    commands.push({
      aggregate: identityReview,
      name: 'dismissIdentityReview',
      stream: streamOf('review', id),
      data,
      effectiveOn,
    });
  }
  return commands;
}

function reviewCases({ set, villages }: Identities, contradictions: readonly Contradiction[]): ReviewCase[] {
  const candidate = (record: number): Candidate => {
    const edition = set.villages.editionOf[record] as number;
    const index = set.editions[edition] as PlaceIndex;
    const { code, name } = index.villages[set.villages.placeOf(record)] as VillageUnit;
    return { village: villages.idOf[villages.thingOf[record] as number] as string, code, name, on: index.on };
  };
  const open = set.matches.flatMap((match, at) => {
    return match.villages.open.map(({ reason, a, b }) => ({
      reason,
      candidates: [
        ...a.map((unit) => candidate(set.villages.numberAt(at, unit))),
        ...b.map((unit) => candidate(set.villages.numberAt(at + 1, unit))),
      ],
    }));
  });
  const overlaps = villages.overlaps
    .filter(({ rule }) => rule !== 'RELISTED')
    .map(({ a, b }) => ({ reason: 'OVERLAP' as const, candidates: [candidate(a), candidate(b)] }));
  const torn = contradictions.map(({ record, before }) => ({
    reason: 'CONTRADICTION' as const,
    candidates: [{ ...candidate(record), village: before }, candidate(record)],
  }));
  // Where a clerk has linked all of a case's records, nothing is left to decide.
  return [...open, ...overlaps, ...torn]
    .filter(({ candidates }) => new Set(candidates.map(({ village }) => village)).size > 1)
    .map((each) => ({ ...each, candidates: each.candidates.slice(0, candidatesMax) }));
}

/** From the records alone: the same case has the same id, whatever ids the villages bear. */
function reviewId({ reason, candidates }: ReviewCase): string {
  const records = candidates.map(({ on, code }) => `${on}:${code}`).sort();
  return opaqueId('r_', `${reason}:${records}`);
}
