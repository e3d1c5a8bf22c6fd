/** Appraisals and audits of each village's committee at any moment. */
import type { AppraisalGrade } from '../src/domain/appraisal-catalogue.ts';
import type { Projection } from '../src/es/projection.ts';
import { handlers, type Step } from './handlers.ts';
import { otherSystems, type Placed, placedColumns, placesOf, placing, rowOr } from './placed.ts';

type Own = {
  /** Appraisals so far. */
  readonly appraisals: number;
  readonly last_on: string | null;
  readonly last_year: number | null;
  readonly attended: number;
  readonly eligible: number;
  /** JSON: the grades of the last appraisal by personRef. */
  readonly last_grades: string;
  /** JSON: the last two grades of each member, by personRef. */
  readonly grades: string;
  readonly audits: number;
  readonly late_audits: number;
  readonly last_audit_on: string | null;
  readonly last_audit_kind: string | null;
  readonly last_audit_term: number | null;
};
export type VillageAppraisalRow = Placed & Own;
type Grades = Readonly<Record<string, readonly AppraisalGrade[]>>;

const own: Own = {
  appraisals: 0,
  last_on: null,
  last_year: null,
  attended: 0,
  eligible: 0,
  last_grades: '{}',
  grades: '{}',
  audits: 0,
  late_audits: 0,
  last_audit_on: null,
  last_audit_kind: null,
  last_audit_term: null,
};

const change =
  <Data>(pick: (data: Data, row: VillageAppraisalRow, on: string) => Partial<Own>): Step<VillageAppraisalRow, Data> =>
  (row, data, _, { effectiveOn }) => {
    const before = rowOr(row, own);
    return { ...before, ...pick(data, before, effectiveOn) };
  };

const one = (yes: boolean): 0 | 1 => (yes ? 1 : 0);
const gradesOf = ({ grades }: Pick<Own, 'grades'>) => JSON.parse(grades) as Grades;

/** The grade of each member in the last appraisal. */
export const lastGradesOf = ({ last_grades }: Pick<Own, 'last_grades'>) =>
  JSON.parse(last_grades) as Readonly<Record<string, AppraisalGrade>>;

/** Members whose last two appraisals both say incompetent. */
export const twiceIncompetent = (row: Pick<Own, 'grades'>): readonly string[] =>
  Object.entries(gradesOf(row))
    .filter(([, grades]) => grades.length === 2 && grades.every((grade) => grade === 'INCOMPETENT'))
    .map(([personRef]) => personRef);

const leaving = change(({ personRef }: { personRef: string }, row) => ({
  grades: JSON.stringify(Object.fromEntries(Object.entries(gradesOf(row)).filter(([each]) => each !== personRef))),
}));

/** The group in which an appraisal counts beside its places: its county, or its city where there is none, and the year. */
export const appraisalGroup = (county: string, year: number): string => `${county}/${year}`;

/** What the cube counts, in its order. */
export const appraisalMeasures = [
  'appraised',
  'excellent',
  'competent',
  'basicallyCompetent',
  'incompetent',
  'twiceIncompetent',
  'audits',
  'lateAudits',
] as const;

function countsOf(row: VillageAppraisalRow): readonly number[] {
  if (!row.listed) return appraisalMeasures.map(() => 0);
  const grades = Object.values(lastGradesOf(row));
  const of = (grade: AppraisalGrade) => grades.filter((each) => each === grade).length;
  return [
    one(row.last_year !== null),
    of('EXCELLENT'),
    of('COMPETENT'),
    of('BASICALLY_COMPETENT'),
    of('INCOMPETENT'),
    twiceIncompetent(row).length,
    row.audits,
    row.late_audits,
  ];
}

export const villageAppraisals: Projection<VillageAppraisalRow> = {
  name: 'village_appraisals',
  version: 1,
  entity: 'village',
  columns: {
    ...placedColumns,
    appraisals: 'integer',
    last_on: 'text',
    last_year: 'integer',
    attended: 'integer',
    eligible: 'integer',
    last_grades: 'text',
    grades: 'text',
    audits: 'integer',
    late_audits: 'integer',
    last_audit_on: 'text',
    last_audit_kind: 'text',
    last_audit_term: 'integer',
  },
  indexes: [],
  cube: {
    measures: appraisalMeasures,
    groups: (row) => [
      ...placesOf(row),
      ...(row.last_year === null ? [] : [appraisalGroup(row.county ?? row.prefecture, row.last_year)]),
    ],
    counts: countsOf,
  },
  handlers: handlers<'village', VillageAppraisalRow>({
    ...otherSystems,
    village: placing(own),
    term: {
      CommitteeSeatsApproved: 'ignore',
      ElectionCommissionFormed: 'ignore',
      VoterListPublished: 'ignore',
      VoterObjectionDecided: 'ignore',
      CommitteeElected: 'ignore',
      TermStarted: 'ignore',
      TermRanOut: 'ignore',
      TermExtended: 'ignore',
      TermShortened: 'ignore',
      HandoverCompleted: 'ignore',
      MemberResigned: leaving,
      MemberOfficeTerminated: leaving,
      RecallPetitioned: 'ignore',
      MemberRecalled: leaving,
      RecallRejected: 'ignore',
      MemberByElected: 'ignore',
      NonHukouPilotDesignated: 'ignore',
      DemocraticAppraisalHeld: change(({ year, attended, eligible, results }, row, on) => {
        const before = gradesOf(row);
        const graded = results.map(({ personRef, grade }) => [personRef, grade] as const);
        const lastTwo = graded.map(([who, grade]) => [who, [...(before[who] ?? []), grade].slice(-2)] as const);
        return {
          appraisals: row.appraisals + 1,
          last_on: on,
          last_year: year,
          attended,
          eligible,
          last_grades: JSON.stringify(Object.fromEntries(graded)),
          grades: JSON.stringify({ ...before, ...Object.fromEntries(lastTwo) }),
        };
      }),
      AccountabilityAuditPublished: change(({ kind, termNumber, flags }, row, on) => ({
        audits: row.audits + 1,
        late_audits: row.late_audits + one(flags.includes('AFTER_NEXT_ELECTION')),
        last_audit_on: on,
        last_audit_kind: kind,
        last_audit_term: termNumber,
      })),
    },
  }),
};

/** What a village owes before it ends: the audit at the end of office of the committee that sits. */
export function obligationsOf(
  term: { readonly term_number: number; readonly standing: string } | null,
  audits: Pick<VillageAppraisalRow, 'last_audit_kind' | 'last_audit_term'> | null,
): readonly string[] {
  if (!term || term.standing === 'NONE') return [];
  const isAudited = audits?.last_audit_kind === 'END_OF_OFFICE' && audits.last_audit_term === term.term_number;
  return isAudited
    ? []
    : [`The committee of term ${term.term_number} sits, and its audit at the end of office is not published.`];
}
