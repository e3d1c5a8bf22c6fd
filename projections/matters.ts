/** Matters of deliberation at any moment, each with the days of its steps. */
import type { Projection } from '../src/es/projection.ts';
import { handlers, type Step } from './handlers.ts';

export type MatterRow = {
  readonly village: string;
  readonly title: string;
  readonly category: string;
  readonly raised_by: string;
  readonly important: 0 | 1;
  readonly status: 'RAISED' | 'CONVENED' | 'HELD' | 'RESOLVED' | 'PUBLISHED' | 'IMPLEMENTED' | 'BLOCKED' | 'REFERRED';
  readonly raised_on: string;
  readonly party_study_on: string | null;
  /** The last meeting: its form, the day of its notice, the day on which it was held. */
  readonly form: string | null;
  readonly notice_on: string | null;
  readonly held_on: string | null;
  readonly eligible: number | null;
  readonly attended: number | null;
  readonly outcome: string | null;
  readonly in_favour: number | null;
  readonly against: number | null;
  readonly abstained: number | null;
  readonly resolved_on: string | null;
  readonly published_on: string | null;
  readonly implemented_on: string | null;
  readonly blocked_on: string | null;
  readonly referred_on: string | null;
};

const change =
  <Data>(pick: (data: Data, on: string, row: MatterRow) => Partial<MatterRow>): Step<MatterRow, Data> =>
  (row, data, _, { effectiveOn }) =>
    row && { ...row, ...pick(data, effectiveOn, row) };

const untouched = {
  form: null,
  notice_on: null,
  held_on: null,
  eligible: null,
  attended: null,
  outcome: null,
  in_favour: null,
  against: null,
  abstained: null,
  resolved_on: null,
  published_on: null,
  implemented_on: null,
  blocked_on: null,
  referred_on: null,
};

export const matters: Projection<MatterRow> = {
  name: 'matters',
  version: 1,
  entity: 'matter',
  columns: {
    village: 'text',
    title: 'text',
    category: 'text',
    raised_by: 'text',
    important: 'integer',
    status: 'text',
    raised_on: 'text',
    party_study_on: 'text',
    form: 'text',
    notice_on: 'text',
    held_on: 'text',
    eligible: 'integer',
    attended: 'integer',
    outcome: 'text',
    in_favour: 'integer',
    against: 'integer',
    abstained: 'integer',
    resolved_on: 'text',
    published_on: 'text',
    implemented_on: 'text',
    blocked_on: 'text',
    referred_on: 'text',
  },
  indexes: [['village']],
  handlers: handlers<'matter', MatterRow>({
    matter: {
      MatterRaised: (_, { village, title, category, raisedBy, important, partyStudyOn }, __, { effectiveOn }) => ({
        ...untouched,
        village,
        title,
        category,
        raised_by: raisedBy,
        important: important ? 1 : 0,
        status: 'RAISED',
        raised_on: effectiveOn,
        party_study_on: partyStudyOn ?? null,
      }),
      DeliberationConvened: change(({ form, noticeOn }) => ({
        status: 'CONVENED',
        form,
        notice_on: noticeOn,
        held_on: null,
        eligible: null,
        attended: null,
      })),
      DeliberationHeld: change(({ eligible, attended }, on) => ({ status: 'HELD', held_on: on, eligible, attended })),
      MatterResolved: change(({ outcome, inFavour, against, abstained }, on) => ({
        status: 'RESOLVED',
        outcome,
        in_favour: inFavour,
        against,
        abstained,
        resolved_on: on,
      })),
      ResolutionPublished: change((_, on, { status }) => ({
        status: status === 'RESOLVED' ? 'PUBLISHED' : status,
        published_on: on,
      })),
      ResolutionImplemented: change((_, on) => ({ status: 'IMPLEMENTED', implemented_on: on })),
      ResolutionBlocked: change((_, on) => ({ status: 'BLOCKED', blocked_on: on })),
      MatterReferredToTownship: change((_, on) => ({ status: 'REFERRED', referred_on: on })),
    },
  }),
};
