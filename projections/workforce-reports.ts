/** What divisions reported of their community workers and of people served, at any moment: a row a report. */
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type WorkforceReportRow = {
  readonly kind: 'WORKERS' | 'PERSON_TIMES';
  readonly division: string;
  readonly value: number;
  readonly qualifier: string;
  /** By which definition workers were counted; null of person-times. */
  readonly definition_code: string | null;
  readonly definition: string | null;
  readonly as_of: string | null;
  /** First and last day of the period; null of workers. */
  readonly period_from: string | null;
  readonly period_to: string | null;
  readonly reported_on: string;
};

const absent = { definition_code: null, definition: null, as_of: null, period_from: null, period_to: null };

export const workforceReports: Projection<WorkforceReportRow> = {
  name: 'workforce_reports',
  version: 1,
  entity: 'workforce',
  columns: {
    kind: 'text',
    division: 'text',
    value: 'integer',
    qualifier: 'text',
    definition_code: 'text',
    definition: 'text',
    as_of: 'text',
    period_from: 'text',
    period_to: 'text',
    reported_on: 'text',
  },
  indexes: [['division']],
  handlers: handlers<'workforce', WorkforceReportRow>({
    workforce: {
      WorkforceReported: (_, data, __, { effectiveOn }) => ({
        ...absent,
        kind: 'WORKERS',
        division: data.division,
        value: data.headcount,
        qualifier: data.qualifier,
        definition_code: data.definitionCode,
        definition: data.definition ?? null,
        as_of: data.asOf ?? null,
        reported_on: effectiveOn,
      }),
      ServiceTallyReported: (_, data, __, { effectiveOn }) => ({
        ...absent,
        kind: 'PERSON_TIMES',
        division: data.division,
        value: data.personTimes,
        qualifier: data.qualifier,
        period_from: data.periodFrom,
        period_to: data.periodTo,
        reported_on: effectiveOn,
      }),
    },
  }),
};
