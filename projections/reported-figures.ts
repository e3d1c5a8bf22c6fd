/** Reported figures at any moment: what was published, with its qualifier and source. */
import type { Metric, Qualifier } from '../src/domain/reported-figure.ts';
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type ReportedFigureRow = {
  readonly metric: Metric;
  /** Whole number as digits: it may pass 32 bits. */
  readonly value: string;
  readonly unit: string;
  readonly qualifier: Qualifier;
  readonly scope: string;
  readonly as_of: string | null;
  readonly title: string;
  readonly publisher: string;
  readonly published_on: string;
  readonly quote: string | null;
};

interface Figure {
  readonly metric: Metric;
  readonly value: string;
  readonly unit: string;
  readonly qualifier: Qualifier;
  readonly scope: string;
  readonly asOf?: string;
  readonly source: {
    readonly title: string;
    readonly publisher: string;
    readonly publishedOn: string;
    readonly quote?: string;
  };
}

const toRow = ({ metric, value, unit, qualifier, scope, asOf, source }: Figure): ReportedFigureRow => ({
  metric,
  value,
  unit,
  qualifier,
  scope,
  as_of: asOf ?? null,
  title: source.title,
  publisher: source.publisher,
  published_on: source.publishedOn,
  quote: source.quote ?? null,
});

export const reportedFigures: Projection<ReportedFigureRow> = {
  name: 'reported_figures',
  version: 1,
  entity: 'figure',
  columns: {
    metric: 'text',
    value: 'text',
    unit: 'text',
    qualifier: 'text',
    scope: 'text',
    as_of: 'text',
    title: 'text',
    publisher: 'text',
    published_on: 'text',
    quote: 'text',
  },
  indexes: [['metric']],
  handlers: handlers<'figure', ReportedFigureRow>({
    figure: {
      ReportedFigureRecorded: (_, data) => toRow(data),
      ReportedFigureReplaced: (_, data) => toRow(data),
    },
  }),
};
