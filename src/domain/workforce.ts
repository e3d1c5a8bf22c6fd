/** Community workforce (社区工作者) and service tallies (服务人次): what a division reports. Stream `workforce-<reportId>`, one a
 *  report. Mutations: graphql/derive/commands.ts. */
import { z } from 'zod';
import type { Aggregate, DecisionContext } from '../es/aggregate.ts';
import { streamOf } from '../es/event.ts';
import { actGuard, checkAuthority, refuseFuture, rosterDay } from './act.ts';
import { corrections } from './corrections.ts';
import { refusals } from './refusals.ts';
import { Qualifier } from './reported-figure.ts';
import { DivisionId, LocalDate } from './scalars.ts';
import { codes, command, count, event, scalar, text } from './vocabulary.ts';
import type { World } from './world.ts';

const DefinitionCode = scalar(
  'DefinitionCode',
  'Code of the definition by which workers are counted: definitions differ by place, so figures of two codes are not added.',
  z.string().regex(/^[A-Z][A-Z0-9_]{1,59}$/, 'is not a code of capital letters, digits and _'),
);
const TallyUnit = codes('TallyUnit', 'What a service tally counts.', {
  PERSON_TIMES: 'Times that somebody was served (人次).',
  PEOPLE: 'People served (人): not what a tally holds; refused.',
});

const scope = DivisionId.describe('The division that the figure speaks of.');
const named = { subjects: (data: { division: string }) => [streamOf('division', data.division)] };
const workers = {
  division: scope,
  asOf: LocalDate.optional().describe('Day that the figure holds for, where the source says.'),
  definitionCode: DefinitionCode,
  definition: text(300).optional().describe('Who is counted, in the source’s words.'),
  headcount: count().describe('Workers.'),
  qualifier: Qualifier,
};
const served = {
  division: scope,
  periodFrom: LocalDate.describe('First day of the period.'),
  periodTo: LocalDate.describe('Last day of the period.'),
  personTimes: count().describe('Person-times (人次): one person served twice counts twice.'),
  qualifier: Qualifier,
};

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
const events = {
  ...corrections,
  WorkforceReported: event('A division reported its community workers.', workers, { zh: '社区工作者上报', ...named }),
  ServiceTallyReported: event('A division reported how often people in need were served.', served, {
    zh: '服务人次上报',
    ...named,
  }),
};

const commands = {
  reportWorkforce: command('Record a division’s report of its community workers.', workers, {
    zh: '登记社区工作者',
    creates: true,
  }),
  reportServiceTally: command(
    'Record a division’s report of how often people in need were served. Only person-times are taken.',
    { ...served, unit: TallyUnit },
    {
      zh: '登记服务人次',
      creates: true,
      rule: ({ periodFrom, periodTo }) =>
        periodFrom > periodTo ? { path: 'periodTo', message: 'is before the first day' } : undefined,
    },
  ),
};

const no = refusals('workforce', {
  EXISTS: {
    code: 'E_ALREADY_EXISTS',
    when: 'The report is recorded with other words.',
    source: 'one stream, one report',
  },
  REPORTED: {
    code: 'E_ALREADY_EXISTS',
    when: 'The division has reported for this day and definition, or for this period, already.',
    source: 'one figure a day and definition',
    remedy: 'Correct the report that is there: send this one with `corrects`.',
  },
  DIVISION_UNKNOWN: { code: 'E_DIVISION_UNKNOWN', when: 'The division is not there on that day.', source: 'roster' },
  PEOPLE: {
    code: 'E_FIGURE_INVALID',
    when: 'A tally counts person-times, not people.',
    source: '人次 is not 人',
    remedy: 'Report person-times; people served are not recorded.',
  },
  NOT_OVER: {
    code: 'E_FUTURE_OCCURRENCE',
    when: 'The period ends after the day of the report.',
    source: 'facts cannot precede themselves',
  },
});

type State = 'NONE' | 'REPORTED';
type Context = DecisionContext<World>;

export const workforce: Aggregate<typeof events, State, typeof commands, World> = {
  name: 'workforce',
  events,
  commands,
  initial: 'NONE',
  guard: actGuard<keyof typeof commands>({ reportWorkforce: { act: 'REPORT' }, reportServiceTally: { act: 'REPORT' } }),
  reads: {
    reportWorkforce: ({ division }) => [streamOf('division', division)],
    reportServiceTally: ({ division }) => [streamOf('division', division)],
  },

  evolve: {
    EventVoided: (state) => state,
    WorkforceReported: () => 'REPORTED',
    ServiceTallyReported: () => 'REPORTED',
  },

  decide: {
    reportWorkforce: (data, state, context) => {
      checkReport(data.division, state, context);
      if (data.asOf !== undefined) refuseFuture(data.asOf, context);
      const { definitionCode } = data;
      refuseTwice('WorkforceReported', data.division, context, (other, day) =>
        Boolean(other.definitionCode === definitionCode && day === context.effectiveOn),
      );
      return [{ type: 'WorkforceReported', data }];
    },
    reportServiceTally: ({ unit, ...data }, state, context) => {
      checkReport(data.division, state, context);
      if (unit === 'PEOPLE') return no.PEOPLE();
      if (data.periodTo > context.effectiveOn) return no.NOT_OVER();
      refuseTwice(
        'ServiceTallyReported',
        data.division,
        context,
        (other) => other.periodFrom === data.periodFrom && other.periodTo === data.periodTo,
      );
      return [{ type: 'ServiceTallyReported', data }];
    },
  },
};

function checkReport(division: string, state: State, context: Context): void {
  if (state !== 'NONE') no.EXISTS();
  const found = context.world.division(division, rosterDay(context)) ?? no.DIVISION_UNKNOWN();
  checkAuthority('REPORT', context, found.code);
}

function refuseTwice(
  type: keyof typeof events,
  division: string,
  { related }: Context,
  isSame: (data: Readonly<Record<string, unknown>>, day: string) => boolean,
): void {
  const isThere = related(streamOf('division', division)).some(
    (event) => event.type === type && isSame(event.data as Record<string, unknown>, event.effectiveOn),
  );
  if (isThere) no.REPORTED();
}
