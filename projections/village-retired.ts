/** Retired cadres of each village at any moment, by state and step: counts alone, no person. Totals follow the village. */
import type { RetiredStatus } from '../src/domain/retired-catalogue.ts';
import { idOf } from '../src/es/event.ts';
import type { Projection } from '../src/es/projection.ts';
import { handlers, type Step } from './handlers.ts';
import { otherSystems, type Placed, placedColumns, placesOf, placing, rowOr } from './placed.ts';

type Own = {
  /** JSON: by record, its state and, once approved, its step: least years and fen a month (0 where it is paid once). */
  readonly records: string;
};
export type VillageRetiredRow = Placed & Own;

interface Kept {
  readonly s: RetiredStatus;
  readonly y?: number;
  readonly m?: number;
}
type Records = Readonly<Record<string, Kept>>;

const own: Own = { records: '{}' };
/** Steps by least years, as in 粤办发〔2010〕5号: below 10, 10 to 19, 20 and more. */
const steps = [0, 10, 20] as const;
const plainStates = ['COLLECTED', 'VERIFIED', 'POSTED', 'REFUSED'] as const;
const steppedStates = ['APPROVED', 'SUSPENDED', 'CEASED'] as const;

/** What is counted, in the order of `countsOf`: states before a step is known, then each later state by step, then money. */
const measures = [
  ...plainStates,
  ...steppedStates.flatMap((state) => steps.map((years) => `${state}_${years}`)),
  'monthlyFen',
];
const place = new Map(measures.map((measure, at) => [measure, at]));

function countsOf({ listed, records }: VillageRetiredRow): number[] {
  const counts: number[] = new Array(measures.length).fill(0);
  if (!listed || records === own.records) return counts;
  const add = (measure: string, value: number) => {
    const at = place.get(measure) ?? 0;
    counts[at] = (counts[at] ?? 0) + value;
  };
  for (const { s: state, y: years = 0, m: monthlyFen = 0 } of Object.values(JSON.parse(records) as Records)) {
    const stepped = (steppedStates as readonly string[]).includes(state);
    add(stepped ? `${state}_${steps.findLast((least) => least <= years) ?? 0}` : state, 1);
    if (state === 'APPROVED') add('monthlyFen', monthlyFen);
  }
  return counts;
}

/** Sums of the measures, told apart: of one row, or of a tally below a division. */
export interface RetiredCounts {
  readonly collected: number;
  readonly verified: number;
  readonly posted: number;
  readonly refused: number;
  /** By step: below 10 years, 10 to 19, 20 and more. */
  readonly approved: readonly number[];
  readonly suspended: readonly number[];
  readonly ceased: readonly number[];
  readonly monthlyFen: number;
}

/** The counts of a cube's sums; zeros where there are none. */
export function retiredCountsOf(sums: readonly number[]): RetiredCounts {
  const [collected = 0, verified = 0, posted = 0, refused = 0] = sums;
  const first = plainStates.length;
  const [approved = [], suspended = [], ceased = []] = steppedStates.map((_, at) =>
    steps.map((__, step) => sums[first + at * steps.length + step] ?? 0),
  );
  return { collected, verified, posted, refused, approved, suspended, ceased, monthlyFen: sums.at(-1) ?? 0 };
}

/** The counts of one village's row; zeros while the village is not listed. */
export const countsOfVillage = (row: VillageRetiredRow): RetiredCounts => retiredCountsOf(countsOf(row));

/** The record of the event's own stream is changed; nothing where the village does not know it. */
const change =
  <Data>(pick: (kept: Kept, data: Data) => Kept): Step<VillageRetiredRow, Data> =>
  (row, data, _, event) => {
    const before = rowOr(row, own);
    const records = JSON.parse(before.records) as Records;
    const id = idOf(event.stream);
    const kept = records[id];
    return kept ? { ...before, records: JSON.stringify({ ...records, [id]: pick(kept, data) }) } : before;
  };
const to = (s: RetiredStatus) => change((kept) => ({ ...kept, s }));

interface Tier {
  readonly minYears?: number;
  readonly amountFen: string;
  readonly per: string;
}
const stepOf = ({ minYears = 0, amountFen, per }: Tier) => ({
  y: minYears,
  m: per === 'PERSON_MONTH' ? Number(amountFen) : 0,
});

const collect: Step<VillageRetiredRow, { village: string }> = (row, { village }, self, event) => {
  if (village !== self) return row;
  const before = rowOr(row, own);
  const records = { ...(JSON.parse(before.records) as Records), [idOf(event.stream)]: { s: 'COLLECTED' } };
  return { ...before, records: JSON.stringify(records) };
};

export const villageRetired: Projection<VillageRetiredRow> = {
  name: 'village_retired',
  version: 1,
  entity: 'village',
  columns: { ...placedColumns, records: 'text' },
  indexes: [],
  cube: { measures, groups: placesOf, counts: countsOf },
  handlers: handlers<'village', VillageRetiredRow>({
    ...otherSystems,
    village: placing(own),
    retired: {
      RetiredCadreRecordCollected: collect,
      RetiredServiceVerified: to('VERIFIED'),
      RetiredNoticePosted: to('POSTED'),
      RetirementAllowanceApproved: change((kept, { tier }) => ({ ...kept, s: 'APPROVED', ...stepOf(tier) })),
      RetirementAllowanceRefused: to('REFUSED'),
      RetirementAllowanceSuspended: to('SUSPENDED'),
      RetirementAllowanceResumed: to('APPROVED'),
      RetirementAllowanceCeased: to('CEASED'),
      RetirementAllowanceRecomputed: change((kept, { newTier }) => ({ ...kept, ...stepOf(newTier) })),
    },
  }),
};
