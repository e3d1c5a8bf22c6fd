/** Credit codes of villages and their certificates at any moment. A row's id is the village's. */

import type { Catalogues } from '../src/domain/index.ts';
import type { DataOf } from '../src/es/aggregate.ts';
import type { Projection } from '../src/es/projection.ts';
import { handlers, type Step } from './handlers.ts';

export type CreditCodeRow = {
  readonly credit_code: string;
  readonly certificate_number: string;
  readonly legal_name: string;
  readonly legal_representative: string | null;
  /** Day from which the certificate is valid. */
  readonly in_force_from: string;
  readonly cancelled_on: string | null;
};

type Certificate = DataOf<Catalogues['creditcode']['events']['CreditCodeCertificateIssued']>;

const certify: Step<CreditCodeRow, Certificate> = (_, data, __, { effectiveOn }) => ({
  credit_code: data.creditCode,
  certificate_number: data.certificateNumber,
  legal_name: data.legalName,
  legal_representative: data.legalRepresentativeRef ?? null,
  in_force_from: effectiveOn,
  cancelled_on: null,
});

export const creditCodes: Projection<CreditCodeRow> = {
  name: 'credit_codes',
  version: 1,
  entity: 'creditcode',
  columns: {
    credit_code: 'text',
    certificate_number: 'text',
    legal_name: 'text',
    legal_representative: 'text',
    in_force_from: 'text',
    cancelled_on: 'text',
  },
  indexes: [],
  handlers: handlers<'creditcode', CreditCodeRow>({
    creditcode: {
      CreditCodeCertificateIssued: certify,
      CreditCodeCertificateChanged: certify,
      CreditCodeCertificateCancelled: (row, _, __, { effectiveOn }) => row && { ...row, cancelled_on: effectiveOn },
    },
  }),
};
