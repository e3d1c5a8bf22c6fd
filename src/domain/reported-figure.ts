/** Reported figures (统计数字): totals that somebody published, kept with their qualifier and shown beside what the log
 *  derives. Stream `figure-<figureId>`, one a metric, scope and publication. Mutations: graphql/derive/commands.ts. */
import { z } from 'zod';
import type { Aggregate, Fact } from '../es/aggregate.ts';
import { plainGuard } from './act.ts';
import { corrections } from './corrections.ts';
import { refuse } from './refuse.ts';
import { DivisionCode, LocalDate } from './scalars.ts';
import { codes, command, event, part, scalar, text } from './vocabulary.ts';

export const Metric = codes(
  'Metric',
  'What a reported figure counts. Sums of money are in fen, rates in basis points.',
  {
    VILLAGES_TOTAL: 'Villages and communities (村/社区).',
    DELIBERATION_DEMO_SITES: 'Demonstration sites of deliberation (城乡社区议事协商示范点).',
    DELIBERATION_PLATFORMS: 'Deliberation platforms of villages (村民议事平台).',
    SERVICE_INVESTMENT: 'Public money for service points (一门式一网式), in fen.',
    SERVICE_TIERS: 'Tiers of government service, province to village.',
    LOCAL_STANDARDS: 'Local standards published.',
    HARMONIOUS_COMMUNITIES: 'National demonstration units of harmonious communities.',
    HAPPY_RURAL_UNITS: 'National demonstration units of happy rural communities.',
    CHARTER_EXEMPLARS: 'Exemplary village charters.',
    CHARTER_REVISED_RATE: 'Villages whose charter is revised, in basis points.',
    DISCLOSURE_FIVE_RATE: 'Villages that reach the five-dimension standard of disclosure (五化), in basis points.',
    COMMUNITY_WORKERS: 'Community workers.',
    SERVICE_PERSON_TIMES: 'Person-times of people in need served.',
    CERTIFICATES_CANCELLED: 'Certificate items cancelled.',
    INNOVATION_AWARDS: 'Top-ten awards for community governance.',
  },
);
export type Metric = z.output<typeof Metric>;

export const Qualifier = codes(
  'Qualifier',
  'How exact the source says the figure is; what has to hold for a derived value d beside a reported v.',
  {
    EXACT: 'Equal: d = v.',
    MORE_THAN: 'More than (多): d > v.',
    AT_LEAST: 'At least (以上): d ≥ v.',
    NEARLY: 'Nearly (近): 0.95 v ≤ d < v.',
    ABOUT: 'About (约): 0.95 v ≤ d ≤ 1.05 v.',
  },
);
export type Qualifier = z.output<typeof Qualifier>;

export const BigCount = scalar(
  'BigCount',
  'A whole number beyond 32 bits, as a string of digits: counts, fen, basis points.',
  z.string().regex(/^(0|[1-9]\d{0,14})$/, 'is not a whole number of at most 15 digits'),
);

export const FigureSource = part('FigureSource', 'Where a figure was published.', {
  title: text(200).describe('Title of the article or paper.'),
  publisher: text(120).describe('Who published it.'),
  publishedOn: LocalDate.describe('Day of publication.'),
  quote: text(300).optional().describe('The words that state it.'),
});

const figure = {
  metric: Metric,
  value: BigCount,
  unit: text(40).describe('Unit of the value.'),
  qualifier: Qualifier,
  scope: DivisionCode.describe('Division that the figure speaks of.'),
  asOf: LocalDate.optional().describe('Day that the figure holds for, where the source says.'),
  source: FigureSource,
};

const events = {
  ...corrections,
  ReportedFigureRecorded: event('A published figure was recorded.', figure, { zh: '公布数字入册' }),
  ReportedFigureReplaced: event(
    'The publisher replaced a figure.',
    {
      ...figure,
      reason: text(300).describe('What the publisher says.'),
    },
    { zh: '公布数字更正' },
  ),
};

const bounded = ({ metric, value }: { metric: string; value: string }) =>
  metric.endsWith('_RATE') && BigInt(value) > 10_000n
    ? { path: 'value', message: 'a rate is at most 10000 basis points' }
    : undefined;

const commands = {
  recordFigure: command('Record a published figure; a rate is at most 10000 basis points.', figure, {
    zh: '登记公布数字',
    rule: bounded,
    creates: true,
  }),
  replaceFigure: command(
    'Record that the publisher replaced a figure; a rate is at most 10000 basis points.',
    events.ReportedFigureReplaced.shape,
    { zh: '登记更正数字', rule: bounded },
  ),
};

type Figure = Pick<Extract<Fact<typeof events>, { type: 'ReportedFigureRecorded' }>['data'], (typeof compared)[number]>;
type FigureState = { readonly status: 'NONE' } | ({ readonly status: 'RECORDED' } & Figure);

/** What makes two statements of a figure one: the source's words may be quoted at more or less length. */
const compared = ['metric', 'value', 'unit', 'qualifier', 'scope', 'asOf'] as const;

const recorded = ({ metric, value, unit, qualifier, scope, asOf }: Figure): FigureState => ({
  status: 'RECORDED',
  metric,
  value,
  unit,
  qualifier,
  scope,
  asOf,
});
const same = (a: Figure, b: Figure): boolean => compared.every((key) => a[key] === b[key]);

export const reportedFigure: Aggregate<typeof events, FigureState, typeof commands> = {
  name: 'figure',
  events,
  commands,
  initial: { status: 'NONE' },
  guard: plainGuard,

  evolve: {
    EventVoided: (state) => state,
    ReportedFigureRecorded: (_, data) => recorded(data),
    ReportedFigureReplaced: (_, data) => recorded(data),
  },

  decide: {
    recordFigure: (data, state) => {
      if (state.status === 'NONE') return [{ type: 'ReportedFigureRecorded', data }];
      if (same(state, data)) return [];
      return refuse('E_ALREADY_EXISTS', 'The figure is recorded with another value: replace it.');
    },
    replaceFigure: (data, state) => {
      if (state.status === 'NONE') return refuse('E_NOT_FOUND', 'There is no such figure.');
      if (state.metric !== data.metric || state.scope !== data.scope) {
        return refuse('E_FIGURE_INVALID', 'A figure is replaced by one of the same metric and scope.');
      }
      if (same(state, data)) return [];
      return [{ type: 'ReportedFigureReplaced', data }];
    },
  },
};
