/** Credit codes (统一社会信用代码) of villages and their certificates: the code is for life; a change of name or head changes the
 *  certificate alone. Stream `creditcode-<villageId>`. Mutations: graphql/derive/commands.ts. */
import { z } from 'zod';
import type { Aggregate, DecisionContext } from '../es/aggregate.ts';
import { streamOf } from '../es/event.ts';
import { villageGuard } from './act.ts';
import { corrections } from './corrections.ts';
import { refusals } from './refusals.ts';
import { PersonRef, VillageId } from './scalars.ts';
import { command, event, scalar, text } from './vocabulary.ts';
import type { World } from './world.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

export const CreditCode = scalar(
  'CreditCode',
  'Unified social credit code (统一社会信用代码, GB 32100): 18 characters: 5 for civil affairs, one more, 6 digits of the registering authority’s division, 9 of the body, a check character.',
  z.string().regex(/^5[0-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/, 'is not a credit code of a village'),
);

/** The last character that the 17 before it ask for (GB 32100). Pure. */
export function checkCharacter(code: string): string {
  let [sum, weight] = [0, 1];
  for (const character of code.slice(0, 17)) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet.charAt((31 - (sum % 31)) % 31);
}

const village = VillageId.describe('The village whose code it is.');
const named = { subjects: (data: { village: string }) => [streamOf('village', data.village)] };
const certificate = {
  creditCode: CreditCode,
  certificateNumber: text(60).describe('Number of the certificate.'),
  legalName: text(120).describe('Name that the certificate bears.'),
  legalRepresentativeRef: PersonRef.optional().describe('The legal representative: the elected head (主任).'),
};
const cancelled = { reason: text(500).describe('Why it was cancelled.') };

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
const events = {
  ...corrections,
  CreditCodeCertificateIssued: event(
    'A credit code certificate was issued.',
    { village, ...certificate },
    { zh: '统一社会信用代码证书颁发', ...named },
  ),
  CreditCodeCertificateChanged: event(
    'The certificate changed: another name or head, the same code.',
    { village, ...certificate },
    { zh: '统一社会信用代码证书变更', ...named },
  ),
  CreditCodeCertificateCancelled: event(
    'The certificate was cancelled; its code is given to nobody else.',
    { village, creditCode: CreditCode, ...cancelled },
    { zh: '统一社会信用代码证书注销', ...named },
  ),
};

const commands = {
  issueCreditCodeCertificate: command(
    'Record a credit code certificate; effectiveOn is the day from which it is valid.',
    certificate,
    { zh: '登记颁发证书' },
  ),
  changeCreditCodeCertificate: command('Record a changed certificate of the same code.', certificate, {
    zh: '登记变更证书',
  }),
  cancelCreditCodeCertificate: command('Record that the certificate was cancelled.', cancelled, {
    zh: '登记注销证书',
  }),
};

const source = 'GB 32100-2015';
const no = refusals('creditcode', {
  CHECK_CHARACTER: { code: 'E_CREDIT_CODE', when: 'The check character does not fit the code.', source },
  OTHER_AUTHORITY: {
    code: 'E_CREDIT_CODE',
    when: 'Digits 3 to 8 are not the division of the authority that registers it.',
    source,
    remedy: 'Check the code, and the division in `decidedBy`.',
  },
  FOR_LIFE: {
    code: 'E_CREDIT_CODE',
    when: 'The village has another code, for life.',
    source: '基层群众性自治组织特别法人统一社会信用代码证书: the code does not change',
    remedy: 'Give the village’s own code.',
  },
  ISSUED: {
    code: 'E_ALREADY_EXISTS',
    when: 'The village has a certificate.',
    source: 'one certificate a village',
    remedy: 'Send changeCreditCodeCertificate.',
  },
  NONE: {
    code: 'E_NOT_FOUND',
    when: 'The village has no certificate on that day.',
    source: 'one certificate a village',
    remedy: 'Send issueCreditCodeCertificate.',
  },
});

interface Certificate {
  readonly creditCode: string;
  readonly certificateNumber: string;
  readonly legalName: string;
  readonly legalRepresentativeRef?: string;
}
interface CreditCodeState {
  readonly certificate?: Certificate;
}
type Context = DecisionContext<World>;

const guard = villageGuard<keyof typeof commands>({
  issueCreditCodeCertificate: { act: 'CREDIT_CODE' },
  changeCreditCodeCertificate: { act: 'CREDIT_CODE' },
  cancelCreditCodeCertificate: { act: 'CREDIT_CODE', alsoAfterEnd: true },
});

export const creditCode: Aggregate<typeof events, CreditCodeState, typeof commands, World> = {
  name: 'creditcode',
  events,
  commands,
  initial: {},
  // A code of 18 digits may look like a bank card or an identity number: it is checked by its own rule.
  guard: (each, context) => guard({ ...each, data: { ...(each.data as object), creditCode: '' } }, context),

  evolve: {
    EventVoided: (state) => state,
    CreditCodeCertificateIssued: (_, { village: _village, ...certificate }) => ({ certificate }),
    CreditCodeCertificateChanged: (_, { village: _village, ...certificate }) => ({ certificate }),
    CreditCodeCertificateCancelled: () => ({}),
  },

  decide: {
    issueCreditCodeCertificate: (data, { certificate: held }, context) => {
      if (held) return isSame(held, data) ? [] : no.ISSUED();
      checkCode(data.creditCode, context);
      return [{ type: 'CreditCodeCertificateIssued', data: { village: context.self, ...data } }];
    },
    changeCreditCodeCertificate: (data, { certificate: held }, context) => {
      if (!held) return no.NONE();
      checkCode(data.creditCode, context);
      if (isSame(held, data)) return [];
      return [{ type: 'CreditCodeCertificateChanged', data: { village: context.self, ...data } }];
    },
    cancelCreditCodeCertificate: ({ reason }, { certificate: held }, { self }) => {
      if (!held) return no.NONE();
      const data = { village: self, creditCode: held.creditCode, reason };
      return [{ type: 'CreditCodeCertificateCancelled', data }];
    },
  },
};

const isSame = (a: Certificate, b: Certificate): boolean =>
  a.creditCode === b.creditCode &&
  a.certificateNumber === b.certificateNumber &&
  a.legalName === b.legalName &&
  a.legalRepresentativeRef === b.legalRepresentativeRef;

/** The code is whole, of the authority that decides, and the only one that the village ever has, on any day. */
function checkCode(code: string, { decidedBy, history }: Context): void {
  if (checkCharacter(code) !== code.charAt(17)) {
    no.CHECK_CHARACTER(`The check character of ${code.slice(0, 17)} is ${checkCharacter(code)}.`);
  }
  const division = (decidedBy?.division ?? '').padEnd(6, '0');
  if (code.slice(2, 8) !== division) no.OTHER_AUTHORITY(`${code.slice(2, 8)} is not ${division}.`);
  const others = history.flatMap(({ data }) => (data as Partial<Certificate>).creditCode ?? []);
  if (others.some((other) => other !== code)) no.FOR_LIFE();
}
