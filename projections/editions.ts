/** Editions of the roster that were imported: which file, as at which day, and how complete. */
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type EditionRow = {
  readonly status: 'STARTED' | 'COMPLETED';
  readonly edition: number;
  readonly publisher: string;
  readonly published_on: string;
  readonly file_sha256: string;
  readonly rows: number;
  readonly villages: number;
};

interface File {
  readonly edition: number;
  readonly publisher: string;
  readonly publishedOn: string;
  readonly fileSha256: string;
  readonly rows: number;
  readonly villages: number;
}

const toRow = (status: EditionRow['status'], file: File): EditionRow => ({
  status,
  edition: file.edition,
  publisher: file.publisher,
  published_on: file.publishedOn,
  file_sha256: file.fileSha256,
  rows: file.rows,
  villages: file.villages,
});

export const editions: Projection<EditionRow> = {
  name: 'editions',
  version: 1,
  entity: 'roster',
  columns: {
    status: 'text',
    edition: 'integer',
    publisher: 'text',
    published_on: 'text',
    file_sha256: 'text',
    rows: 'integer',
    villages: 'integer',
  },
  indexes: [['edition']],
  handlers: handlers<'roster', EditionRow>({
    roster: {
      RosterImportStarted: (_, data) => toRow('STARTED', data),
      RosterImportCompleted: (_, data) => toRow('COMPLETED', data),
    },
  }),
};
