/** Certificates of each village at any moment: how many were asked for, issued, refused and revoked. */
import type { Projection } from '../src/es/projection.ts';
import { handlers, type Step } from './handlers.ts';
import { otherSystems, type Placed, placedColumns, placesOf, placing, rowOr } from './placed.ts';

type Own = {
  readonly requested: number;
  readonly issued: number;
  readonly refused: number;
  readonly revoked: number;
};
export type VillageCertificatesRow = Placed & Own;

const own: Own = { requested: 0, issued: 0, refused: 0, revoked: 0 };

const oneMore =
  (column: keyof Own): Step<VillageCertificatesRow, unknown> =>
  (row) => {
    const before = rowOr(row, own);
    return { ...before, [column]: before[column] + 1 };
  };

export const villageCertificates: Projection<VillageCertificatesRow> = {
  name: 'village_certificates',
  version: 1,
  entity: 'village',
  columns: { ...placedColumns, requested: 'integer', issued: 'integer', refused: 'integer', revoked: 'integer' },
  indexes: [],
  cube: {
    measures: ['requested', 'issued', 'refused', 'revoked'],
    groups: placesOf,
    counts: ({ listed, requested, issued, refused, revoked }) =>
      listed ? [requested, issued, refused, revoked] : [0, 0, 0, 0],
  },
  handlers: handlers<'village', VillageCertificatesRow>({
    ...otherSystems,
    village: placing(own),
    certificate: {
      CertificateRequested: oneMore('requested'),
      CertificateIssued: oneMore('issued'),
      CertificateRefused: oneMore('refused'),
      CertificateRevoked: oneMore('revoked'),
    },
  }),
};
