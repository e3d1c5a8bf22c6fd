/** Pay runs (津补贴发放): what a county, or a city without counties, pays for each month, its arrears and its reversals. Stream
 *  `payrun-<divisionId>`, one a county: so who is paid twice, which month is closed and which arrears were posted are seen in
 *  one stream. Events and commands: payrun-catalogue.ts. Mutations: graphql/derive/commands.ts. */
import type { Aggregate, DataOf, DecisionContext } from '../es/aggregate.ts';
import { streamOf } from '../es/event.ts';
import { actGuard, checkAuthority, rosterDay } from './act.ts';
import { lastDayOf } from './calendar-days.ts';
import { type PayLine, payRunCommands, payRunEvents } from './payrun-catalogue.ts';
import { checkLines, linesHash, refusePayRun as no } from './payrun-rules.ts';
import { type StandardState, standard } from './standard.ts';
import { stateOf } from './standard-lookup.ts';
import type { DivisionView, World } from './world.ts';

type Context = DecisionContext<World>;
type Run = DataOf<typeof payRunEvents.AllowanceRunPosted>;
type Arrears = DataOf<typeof payRunEvents.ArrearsPosted>;
type Reversed = DataOf<typeof payRunEvents.AllowanceReversed>;
interface PayRunState {
  readonly closed: readonly string[];
}
const reading = (...ids: string[]) => ids.map((id) => streamOf('standard', id));

export const payRun: Aggregate<typeof payRunEvents, PayRunState, typeof payRunCommands, World> = {
  name: 'payrun',
  events: payRunEvents,
  commands: payRunCommands,
  initial: { closed: [] },
  guard: (command, context) => {
    guard(command, context);
    const county = context.world.division(context.self, rosterDay(context));
    if (!county || !paysRuns(county, context)) return no.UNKNOWN_COUNTY();
    checkAuthority('FUND_PAY', context, county.code);
  },
  reads: {
    postAllowanceRun: ({ standard: id }) => reading(id),
    postArrears: ({ oldStandard, newStandard }) => reading(oldStandard, newStandard),
  },

  evolve: {
    EventVoided: (state) => state,
    AllowanceRunPosted: (state) => state,
    ArrearsPosted: (state) => state,
    AllowanceReversed: (state) => state,
    MonthClosed: ({ closed }, { month }) => ({ closed: [...closed, month] }),
    MonthReopened: ({ closed }, { month }) => ({ closed: closed.filter((each) => each !== month) }),
  },

  decide: {
    postAllowanceRun: ({ lines, otherRuns = [], ...data }, _, context) => {
      checkOpen(data.month, data.reopenApproval, context);
      const others = otherLines(otherRuns, { ...data, lines }, context);
      checkLines(lines, data, others.lines);
      const terms = standing(data.standard, data.kind, `${data.month}-01`, context);
      checkCap(lines, terms);
      const isKnown = !holdOffice.includes(terms.beneficiary) || checkOffice(lines, data.month, context);
      const flags = [
        ...(isKnown ? [] : ['OFFICE_NOT_KNOWN' as const]),
        ...(others.isComplete ? [] : ['NOT_COMPARED' as const]),
      ];
      const said = { county: context.self, ...data, linesSha256: linesHash(lines) };
      return [{ type: 'AllowanceRunPosted', data: flags.length ? { ...said, flags } : said }];
    },
    postArrears: ({ lines, ...data }, _, context) => {
      const month = context.effectiveOn.slice(0, 7);
      checkOpen(month, data.reopenApproval, context);
      checkLines(lines, data);
      checkSpan(data, context);
      return [{ type: 'ArrearsPosted', data: { county: context.self, month, ...data, linesSha256: linesHash(lines) } }];
    },
    reverseAllowance: (data, _, context) => {
      const posted = context.history.find(({ id, type }) => id === data.run && type === 'AllowanceRunPosted');
      if (!posted) return no.UNKNOWN_RUN();
      if (data.amountFen === '0') return no.ZERO_AMOUNT();
      const before = dataOf<Reversed>(context, 'AllowanceReversed').filter(({ run }) => run === data.run);
      if (before.some(({ lineSha256 }) => lineSha256 === data.lineSha256)) return no.REVERSED();
      const { month, kind, totalFen } = posted.data as Run;
      const sumFen = before.reduce((sum, { amountFen }) => sum + Number(amountFen), Number(data.amountFen));
      if (sumFen > Number(totalFen)) return no.ABOVE_RUN();
      checkOpen(month, data.reopenApproval, context);
      return [{ type: 'AllowanceReversed', data: { county: context.self, month, kind, ...data } }];
    },
    closeMonth: ({ month }, { closed }, context) =>
      closed.includes(month) ? [] : [{ type: 'MonthClosed', data: { county: context.self, month } }],
    reopenMonth: (data, { closed }, context) =>
      closed.includes(data.month)
        ? [{ type: 'MonthReopened', data: { county: context.self, ...data } }]
        : no.MONTH_OPEN(),
  },
};

const guard = actGuard<keyof typeof payRunCommands>({
  postAllowanceRun: {},
  postArrears: {},
  reverseAllowance: {},
  closeMonth: {},
  reopenMonth: {},
});

/** A county, or a city that has none. */
const paysRuns = ({ id, level }: DivisionView, context: Context): boolean =>
  level === 'COUNTY' || (level === 'PREFECTURE' && !context.world.hasCounties(id, rosterDay(context)));

function dataOf<Data>({ history }: Context, type: string): Data[] {
  return history.flatMap((event) => (event.type === type ? [event.data as Data] : []));
}

/** What was closed on whatever day stays closed for a run that is dated back. */
function checkOpen(month: string, approval: string | undefined, { history }: Context): void {
  if (approval !== undefined) return;
  const last = history.filter(
    ({ type, data }) =>
      (type === 'MonthClosed' || type === 'MonthReopened') && (data as { month: string }).month === month,
  );
  if (last.at(-1)?.type === 'MonthClosed') no.MONTH_CLOSED(`${month} is closed.`, { month });
}

/** The standard as it stood on a day. Errors: `E_NOT_FOUND`. */
function standing(id: string, kind: string, day: string, { related }: Context) {
  const state = stateOf(standard, id, { related, effectiveOn: day }) as StandardState;
  if (state.status !== 'STANDS' || state.terms.kind !== kind) return no.NO_STANDARD(`${id} does not stand on ${day}.`);
  return state.terms;
}

/** The highest cap binds: which case a village is, the ledger does not know. */
function checkCap(lines: readonly PayLine[], { headcount }: { headcount?: readonly { max: number }[] }): void {
  if (!headcount) return;
  const max = Math.max(...headcount.map((cap) => cap.max));
  const people = new Map<string, number>();
  for (const { village } of lines) people.set(village, (people.get(village) ?? 0) + 1);
  for (const [village, paid] of people)
    if (paid > max) no.ABOVE_CAP(`${paid} people are paid; ${max} may be.`, { village });
}

/** Who must be in office to be paid: not who left it, nor who comes to a meeting. */
const holdOffice: readonly string[] = ['SECRETARY_OR_CHAIR', 'COMMITTEE_MEMBER'];

/** Whether of every village it is known who was in office, on the month’s first day or its last. Errors: `E_NOT_FOUND`. */
function checkOffice(lines: readonly PayLine[], month: string, { world }: Context): boolean {
  const days = [`${month}-01`, lastDayOf(month)];
  const holdersIn = (village: string): readonly string[] | null => {
    const known = days.flatMap((day) => {
      const holders = world.officeHolders(village, day);
      return holders === null ? [] : [holders];
    });
    return known.length === 0 ? null : known.flat();
  };
  let isKnown = true;
  const holders = new Map<string, readonly string[] | null>();
  for (const { village, personRef } of lines) {
    if (!holders.has(village)) holders.set(village, holdersIn(village));
    const known = holders.get(village) ?? null;
    if (known === null) isKnown = false;
    else if (!known.includes(personRef)) no.NOT_IN_OFFICE('A person of a line is not in office there.', { village });
  }
  return isKnown;
}

/** Lines of the month's other runs, each held to its hash: those that pay the same, and those that pay in another village. */
function otherLines(
  given: readonly { readonly run: string; readonly lines: readonly PayLine[] }[],
  own: Pick<Run, 'month' | 'kind'> & { readonly lines: readonly PayLine[] },
  { history }: Context,
): { lines: readonly PayLine[]; isComplete: boolean } {
  const runs = history.filter(({ type, data }) => type === 'AllowanceRunPosted' && (data as Run).month === own.month);
  const villages = new Map(own.lines.map(({ personRef, village }) => [personRef, village]));
  const found: PayLine[] = [];
  for (const { run, lines } of given) {
    const posted = runs.find(({ id }) => id === run);
    if (!posted) return no.UNKNOWN_RUN();
    const { linesSha256, kind } = posted.data as Run;
    if (linesSha256 !== linesHash(lines)) no.OTHER_LINES();
    found.push(...lines.filter((line) => kind === own.kind || villages.get(line.personRef) !== line.village));
  }
  return {
    lines: found,
    isComplete: runs.every(({ id }) => given.some(({ run }) => run === id)),
  };
}

type Span = Pick<Arrears, 'kind' | 'fromMonth' | 'toMonth' | 'oldStandard' | 'newStandard'>;

/** Errors: `E_PERIOD`, `E_ALREADY_EXISTS`, `E_NOT_FOUND`. */
function checkSpan({ kind, fromMonth, toMonth, oldStandard, newStandard }: Span, context: Context): void {
  const next = stateOf(standard, newStandard, context) as StandardState;
  const before = stateOf(standard, oldStandard, context) as StandardState;
  if (next.status === 'NONE' || before.status === 'NONE') throw no.NO_STANDARD();
  if (next.terms.kind !== kind || before.terms.kind !== kind) throw no.NO_STANDARD('A standard is of another kind.');
  const paid = dataOf<Run>(context, 'AllowanceRunPosted').filter(
    (run) => run.standard === oldStandard && run.kind === kind,
  );
  const first = next.from.slice(0, 7);
  const issued = next.from < (next.terms.issuedOn ?? '') ? (next.terms.issuedOn ?? '').slice(0, 7) : '';
  const last =
    paid
      .map(({ month }) => month)
      .concat(issued)
      .sort()
      .at(-1) ?? '';
  if (fromMonth < first || toMonth > last) no.OUTSIDE_SPAN(`Arrears are due from ${first} to ${last || 'no month'}.`);
  const posted = dataOf<Arrears>(context, 'ArrearsPosted').filter(
    (each) => each.kind === kind && each.newStandard === newStandard && each.oldStandard === oldStandard,
  );
  if (posted.some((each) => each.fromMonth <= toMonth && fromMonth <= each.toMonth)) no.SPAN_POSTED();
}
