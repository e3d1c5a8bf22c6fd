/** The charter of each village at any moment: the version in force, and the revision that is under way. */
import type { Projection } from '../src/es/projection.ts';
import { handlers, type Step } from './handlers.ts';
import { otherSystems, type Placed, placedColumns, placesOf, placing, rowOr } from './placed.ts';

/** How far a revision has come; `NONE` where there is none. */
type Stage = 'NONE' | 'OPEN' | 'OPINIONS' | 'DRAFTED' | 'UNDER_REVIEW' | 'REVIEWED' | 'ADOPTED' | 'FILED';

type Own = {
  /** Number of the version in force; 0 where none is. */
  readonly version: number;
  readonly in_force_from: string | null;
  readonly published_on: string | null;
  readonly text_sha256: string | null;
  readonly filed_with: string | null;
  readonly correction_ordered: 0 | 1;
  /** 1 where a version published on or after 2018-12-01 was put on file: what the article counts as revised. */
  readonly revised: 0 | 1;
  readonly stage: Stage;
  readonly open_version: number;
  readonly draft_sha256: string | null;
  readonly draft_filed_with: string | null;
  readonly last_enforcement_on: string | null;
};
export type VillageCharterRow = Placed & Own;

const own: Own = {
  version: 0,
  in_force_from: null,
  published_on: null,
  text_sha256: null,
  filed_with: null,
  correction_ordered: 0,
  revised: 0,
  stage: 'NONE',
  open_version: 0,
  draft_sha256: null,
  draft_filed_with: null,
  last_enforcement_on: null,
};
/** 民发〔2018〕144号 was announced in December 2018. */
const revisedSince = '2018-12-01';

const change =
  <Data>(pick: (data: Data, row: VillageCharterRow, on: string) => Partial<Own>): Step<VillageCharterRow, Data> =>
  (row, data, _, { effectiveOn }) => {
    const before = rowOr(row, own);
    return { ...before, ...pick(data, before, effectiveOn) };
  };
const to = (stage: Stage) => change(() => ({ stage }));
const one = (yes: boolean): 0 | 1 => (yes ? 1 : 0);

export const villageCharters: Projection<VillageCharterRow> = {
  name: 'village_charters',
  version: 1,
  entity: 'village',
  columns: {
    ...placedColumns,
    version: 'integer',
    in_force_from: 'text',
    published_on: 'text',
    text_sha256: 'text',
    filed_with: 'text',
    correction_ordered: 'integer',
    revised: 'integer',
    stage: 'text',
    open_version: 'integer',
    draft_sha256: 'text',
    draft_filed_with: 'text',
    last_enforcement_on: 'text',
  },
  indexes: [],
  cube: {
    measures: ['inForce', 'revised', 'underRevision', 'correctionOrdered'],
    groups: placesOf,
    counts: ({ listed, version, revised, stage, correction_ordered }) =>
      listed ? [one(version > 0), revised, one(stage !== 'NONE'), correction_ordered] : [0, 0, 0, 0],
  },
  handlers: handlers<'village', VillageCharterRow>({
    ...otherSystems,
    village: placing(own),
    charter: {
      CharterRevisionOpened: change(({ version }) => ({ stage: 'OPEN', open_version: version })),
      CharterOpinionsCollected: to('OPINIONS'),
      CharterDrafted: change(({ textSha256 }) => ({ stage: 'DRAFTED', draft_sha256: textSha256 })),
      CharterSubmittedForReview: to('UNDER_REVIEW'),
      CharterReviewPassed: to('REVIEWED'),
      CharterReviewReturned: to('OPINIONS'),
      CharterAdopted: to('ADOPTED'),
      CharterFiled: change(({ filedWith }) => ({ stage: 'FILED', draft_filed_with: filedWith })),
      CharterPublished: change(({ version, publishedOn }, row, on) => ({
        version,
        in_force_from: on,
        published_on: publishedOn,
        text_sha256: row.draft_sha256,
        filed_with: row.draft_filed_with,
        correction_ordered: 0,
        revised: one(row.draft_filed_with !== null && publishedOn >= revisedSince),
        stage: 'NONE',
        open_version: 0,
        draft_sha256: null,
        draft_filed_with: null,
      })),
      CharterCorrectionOrdered: change(() => ({ correction_ordered: 1 })),
      CharterCorrected: change(({ textSha256 }) => ({ correction_ordered: 0, text_sha256: textSha256 })),
      CharterEnforcementReviewed: change((_, __, on) => ({ last_enforcement_on: on })),
    },
  }),
};
