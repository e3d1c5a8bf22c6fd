/** The fields that each system adds to villages, tallies and snapshots: the one list of their resolvers. */

import { SnapshotAppraisalField, TallyAppraisalsField, VillageAppraisalsField } from './appraisal.ts';
import { SnapshotArrearsField } from './arrears.ts';
import { SnapshotCertificateFields } from './certificate-rule.ts';
import { TallyCertificatesField, VillageCertificatesField } from './certificates.ts';
import { TallyChartersField, VillageCharterField } from './charter.ts';
import { VillageCreditCodeField } from './credit-code.ts';
import { TallyDeliberationFields, VillageDeliberationField } from './deliberation.ts';
import { SnapshotDisclosureStandardsField, TallyDisclosureField, VillageDisclosureFields } from './disclosure.ts';
import { SnapshotDisclosureBoardField } from './disclosure-board.ts';
import { DocumentEventsField } from './document-events.ts';
import { SnapshotDocumentField } from './documents.ts';
import { TallyMoneyField, VillageFundsField } from './fund.ts';
import { SnapshotFundingFlowField } from './funding-flow.ts';
import { VillageHonoursField } from './honour.ts';
import { DivisionHonoursField, HonourHolderFields, SnapshotHonoursField, TallyHonoursField } from './honours.ts';
import { SnapshotLawFields } from './law.ts';
import { SnapshotMatterField, VillageMattersField } from './matters.ts';
import { SnapshotPayRunField } from './payrun.ts';
import { ProposalFields, SnapshotProposalsField } from './proposals.ts';
import { SnapshotRegionTiersField } from './region-tier.ts';
import { SnapshotRetiredField, TallyRetiredField, VillageRetiredFields } from './retired.ts';
import { TallyServicesField, VillageServicesField } from './service-point.ts';
import { SnapshotStandardsFields } from './standard.ts';
import { VillageTermFields } from './term.ts';
import { SnapshotTermFields, TallyTermsField } from './term-board.ts';

export const systemResolvers = [
  VillageHonoursField,
  HonourHolderFields,
  DivisionHonoursField,
  SnapshotHonoursField,
  TallyHonoursField,
  VillageServicesField,
  TallyServicesField,
  VillageCreditCodeField,
  SnapshotDocumentField,
  DocumentEventsField,
  SnapshotLawFields,
  SnapshotStandardsFields,
  SnapshotRegionTiersField,
  SnapshotArrearsField,
  SnapshotFundingFlowField,
  SnapshotPayRunField,
  TallyMoneyField,
  VillageFundsField,
  VillageCharterField,
  TallyChartersField,
  SnapshotCertificateFields,
  TallyCertificatesField,
  VillageCertificatesField,
  TallyDeliberationFields,
  VillageDeliberationField,
  SnapshotMatterField,
  VillageMattersField,
  VillageDisclosureFields,
  TallyDisclosureField,
  SnapshotDisclosureStandardsField,
  SnapshotDisclosureBoardField,
  SnapshotRetiredField,
  TallyRetiredField,
  VillageRetiredFields,
  VillageTermFields,
  TallyTermsField,
  SnapshotTermFields,
  VillageAppraisalsField,
  TallyAppraisalsField,
  SnapshotAppraisalField,
  SnapshotProposalsField,
  ProposalFields,
];
