/** Sentences on looks: streams are counted, not named. */
import type { EventCatalogue } from '../domain/index.ts';
import type { Templates } from './summary-templates.ts';

export const accessSummaries: Templates<Pick<EventCatalogue, 'RestrictedHistoryRead'>> = {
  RestrictedHistoryRead: {
    EN: ({ by, operation, streams }) =>
      `${by} was shown what is not public of ${streams.length} ${streams.length === 1 ? 'record' : 'records'} by ${operation}.`,
    ZH: ({ by, operation, streams }) => `${by}通过${operation}查阅${streams.length}份受限记录。`,
  },
};
