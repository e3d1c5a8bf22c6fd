/** What can happen to certificates that a village is asked for, and what a clerk may ask for: the first half of the aggregate in
 *  `certificate.ts`. */
import { z } from 'zod';
import { streamOf } from '../es/event.ts';
import { CertificateItemCode, CertificateListId } from './certificate-list-catalogue.ts';
import { corrections } from './corrections.ts';
import { PersonRef, VillageId } from './scalars.ts';
import { codes, command, count, event, text } from './vocabulary.ts';

export const CertificateRuling = codes('CertificateRuling', 'What the lists say of an item for a division, on a day.', {
  PROHIBITED: 'A list of the chain, from the centre down to the county, says that committees should not certify it.',
  PERMITTED: 'No list forbids it, and one says that committees certify it.',
  DISCRETIONARY: 'It stands in no list that is known.',
});
const SignerRole = codes('SignerRole', 'Who signed a certificate for the committee.', {
  CHAIR: 'The chair (主任).',
  VICE_CHAIR: 'A vice chair (副主任).',
  SECRETARY: 'The secretary of the party organisation (书记).',
  CLERK: 'A clerk of the committee (经办人).',
});

const village = VillageId.describe('The village whose committee is asked.');
const named = { subjects: (data: { village: string }) => [streamOf('village', data.village)] };
const requestNumber = () => count().describe('Number of the request in its village.');
const requested = {
  itemCode: CertificateItemCode,
  applicantRef: PersonRef.describe('The applicant, whose data lie in the vault.'),
  purpose: text(200).optional().describe('What it is wanted for. No personal data.'),
};
const serialNo = text(60).describe('Serial number of the certificate, unique in its village.');
const issued = {
  requestNumber: requestNumber(),
  serialNo,
  purpose: text(200).describe('What it is for. No personal data.'),
  signerRole: SignerRole,
  legalAdviserConsulted: z.boolean().optional().describe('Whether the legal adviser was consulted.'),
  deliberationRecord: text(200)
    .optional()
    .describe('The record of the committee’s deliberation: needed with the chair’s signature for an item in no list.'),
  outOfCityRequirement: text(200)
    .optional()
    .describe('Which body elsewhere demands it: the other ground for an item in no list (Zhuhai’s rule).'),
};
const refusedFor = {
  requestNumber: requestNumber(),
  ground: text(300).optional().describe('Why; needed for an item that is permitted.'),
};
const ruling = {
  itemCode: CertificateItemCode,
  ruling: CertificateRuling.describe('What the lists said of the item on the day of the request.'),
  list: CertificateListId.optional().describe('The list that says so; none where the item is in no list.'),
  listDocument: text(200).optional().describe('Number of that list’s document, or its title.'),
};

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
export const certificateEvents = {
  ...corrections,
  CertificateRequested: event(
    'A certificate was asked for.',
    { village, requestNumber: requestNumber(), ...requested },
    { zh: '申请出具证明', ...named },
  ),
  CertificateIssued: event(
    'A certificate was issued.',
    { village, ...issued, ...ruling },
    { zh: '出具证明', ...named },
  ),
  CertificateRefused: event(
    'A certificate was refused.',
    {
      village,
      ...refusedFor,
      ...ruling,
      substituteRoute: text(300).optional().describe('What the applicant was told to do instead.'),
    },
    { zh: '不予出具证明', ...named },
  ),
  CertificateRevoked: event(
    'A certificate was revoked.',
    { village, serialNo, reason: text(300).describe('Why.') },
    { zh: '撤销证明', ...named },
  ),
};

export const certificateCommands = {
  requestCertificate: command('Take in a request for a certificate.', requested, { zh: '受理证明申请' }),
  issueCertificate: command(
    'Issue a certificate. What the lists say on the day of the request decides; an item in no list needs a deliberation record and the chair’s signature, or a requirement from elsewhere.',
    issued,
    { zh: '出具证明' },
  ),
  refuseCertificate: command(
    'Refuse a certificate. A permitted item is refused with a ground.',
    { ...refusedFor, substituteRoute: certificateEvents.CertificateRefused.shape.substituteRoute },
    { zh: '不予出具证明' },
  ),
  revokeCertificate: command(
    'Revoke a certificate that was issued.',
    { serialNo, reason: certificateEvents.CertificateRevoked.shape.reason },
    { zh: '撤销证明' },
  ),
};
