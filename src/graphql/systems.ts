/** The fields that each system adds to villages, tallies and snapshots: the one list of their resolvers. */

import { SnapshotCertificateFields } from './certificate-rule.ts';
import { TallyCertificatesField, VillageCertificatesField } from './certificates.ts';
import { TallyChartersField, VillageCharterField } from './charter.ts';
import { SnapshotDocumentField } from './documents.ts';
import { VillageHonoursField } from './honour.ts';
import { SnapshotLawFields } from './law.ts';
import { SnapshotRetiredField, TallyRetiredField, VillageRetiredFields } from './retired.ts';
import { SnapshotStandardsFields } from './standard.ts';

export const systemResolvers = [
  VillageHonoursField,
  SnapshotDocumentField,
  SnapshotLawFields,
  SnapshotStandardsFields,
  VillageCharterField,
  TallyChartersField,
  SnapshotCertificateFields,
  TallyCertificatesField,
  VillageCertificatesField,
  SnapshotRetiredField,
  TallyRetiredField,
  VillageRetiredFields,
];
