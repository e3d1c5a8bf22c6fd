/** One thing of every kind that lies in 石滩 of the small province, as events of a log: what mutations act on. */

import { eventCatalogue } from '../../src/domain/index.ts';
import { invariant } from '../../src/es/errors.ts';
import { aggregateOf, idOf } from '../../src/es/event.ts';
import type { EventStore } from '../../src/es/store.ts';
import { samplePayload } from './sample-payload.ts';

const day = '2021-05-06';
export const townCode = '440118102';
const [town, village] = ['d_shitan0001', 'v_xiawei0001'];

/** By the stream of the thing: the type of the event that makes it, and what its sample does not say. */
const things: Readonly<Record<string, readonly [type: string, own: object]>> = {
  'review-r_aaaaaaaa': ['IdentityReviewRaised', {}],
  'figure-f_aaaaaaaa': ['ReportedFigureRecorded', { asOf: day }],
  'matter-m_aaaaaaaa': ['MatterRaised', {}],
  'round-er_aaaaaaaa': ['ElectionRoundDeployed', {}],
  'retired-rc_aaaaaaaa': ['RetiredCadreRecordCollected', {}],
  'certlist-cl_aaaaaaaa': ['CertificateListPublished', { division: townCode, divisionId: town }],
  'disclosurestandard-ds_aaaaaaaa': ['DisclosureStandardDefined', {}],
  'document-pd_aaaaaaaa': ['PolicyDocumentIssued', { division: town }],
  'honour-h_aaaaaaaa': ['HonourConferred', { village }],
  'servicepoint-sp_aaaaaaaa': ['ServicePointOpened', { village }],
  'workforce-wf_aaaaaaaa': ['WorkforceReported', {}],
  'tier-t_aaaaaaaa': ['RegionTierDefined', {}],
  'standard-s_aaaaaaaa': ['SubsidyStandardAdopted', { division: townCode }],
  'appropriation-a_aaaaaaaa': ['FundAppropriated', { fromDivision: townCode, fiscalYear: 2021 }],
  [`person-p_${'e'.repeat(24)}`]: ['PersonRegistered', { village }],
  'proposal-pr_aaaaaaaa': [
    'ActProposed',
    {
      command: 'supersedeStandard',
      target: 'standard-s_aaaaaaaa',
      input: '{"basis":[],"effectiveOn":"2024-05-01","standard":"s_aaaaaaaa"}',
      expiresOn: '2100-01-01',
    },
  ],
};

/** Ids of the things by aggregate. */
export const thingsInTown: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(things).map((stream) => [aggregateOf(stream), idOf(stream)]),
);

/** A sample's villages and divisions as the small province has them. */
export const inTown = <T>(sample: T): T =>
  JSON.parse(
    JSON.stringify(sample)
      .replaceAll('v_xiawei000"', `${village}"`)
      .replaceAll('d_shitan000"', `${town}"`)
      .replaceAll(`p_${'a'.repeat(24)}`, `p_${'e'.repeat(24)}`),
  ) as T;

/** Appends them all. */
export async function listThingsInTown(store: EventStore): Promise<void> {
  for (const [stream, [type, own]] of Object.entries(things)) {
    const definition = eventCatalogue.get(type);
    invariant(definition, `the catalogue knows ${type}`);
    const commandId = `made-${stream}`;
    const event = {
      type,
      schemaVersion: definition.version,
      effectiveOn: day,
      subjects: [stream],
      data: definition.encode({ ...inTown(samplePayload(type)), ...own }),
      recordedBy: 'somebody',
      basis: [],
      commandId,
      commandHash: '',
      correlationId: commandId,
    };
    await store.append(stream, [event], 'none');
  }
}
