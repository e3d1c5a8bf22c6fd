/** Certificates (证明) that a village's committee is asked for, issues, refuses and revokes. Stream `certificate-<villageId>`: all of
 *  one village's. Events and commands: certificate-catalogue.ts. Mutations: graphql/derive/commands.ts. */
import type { Aggregate, DataOf, DecisionContext } from '../es/aggregate.ts';
import type { RecordedEvent } from '../es/event.ts';
import { rosterDay, villageGuard } from './act.ts';
import { certificateCommands, certificateEvents } from './certificate-catalogue.ts';
import { type CertificateRule, certificateRuleOf } from './certificate-rule.ts';
import { refuseCertificate as no } from './certificate-rules.ts';
import type { World } from './world.ts';

interface Request {
  readonly itemCode: string;
  /** Day of the request: what the lists said then decides. */
  readonly on: string;
  readonly answered: boolean;
}
interface CertificateState {
  readonly requests: Readonly<Record<number, Request>>;
  /** Serial numbers of the certificates that are issued and not revoked. */
  readonly valid: readonly string[];
}
type Context = DecisionContext<World>;

const answer = (state: CertificateState, number: number): CertificateState => {
  const request = state.requests[number];
  return request ? { ...state, requests: { ...state.requests, [number]: { ...request, answered: true } } } : state;
};

export const certificate: Aggregate<typeof certificateEvents, CertificateState, typeof certificateCommands, World> = {
  name: 'certificate',
  events: certificateEvents,
  commands: certificateCommands,
  initial: { requests: {}, valid: [] },
  guard: villageGuard<keyof typeof certificateCommands>({
    requestCertificate: { act: 'CERTIFICATE_ISSUE' },
    issueCertificate: { act: 'CERTIFICATE_ISSUE' },
    refuseCertificate: { act: 'CERTIFICATE_ISSUE' },
    revokeCertificate: { act: 'CERTIFICATE_ISSUE', alsoAfterEnd: true },
  }),

  evolve: {
    EventVoided: (state) => state,
    CertificateRequested: (state, { requestNumber, itemCode }, { event }) => ({
      ...state,
      requests: { ...state.requests, [requestNumber]: { itemCode, on: event.effectiveOn, answered: false } },
    }),
    CertificateIssued: (state, { requestNumber, serialNo }) => ({
      ...answer(state, requestNumber),
      valid: [...state.valid, serialNo],
    }),
    CertificateRefused: (state, { requestNumber }) => answer(state, requestNumber),
    CertificateRevoked: (state, { serialNo }) => ({ ...state, valid: state.valid.filter((each) => each !== serialNo) }),
  },

  decide: {
    requestCertificate: (data, _, { self, history, corrects }) => {
      const requestNumber = numberOf(corrects) ?? Math.max(0, ...history.map((event) => numberOf(event) ?? 0)) + 1;
      return [{ type: 'CertificateRequested', data: { village: self, requestNumber, ...data } }];
    },
    issueCertificate: (data, state, context) => {
      const { itemCode, on } = open(state, data.requestNumber, context);
      const rule = ruleFor(itemCode, on, context);
      if (rule.ruling === 'PROHIBITED') return refuseProhibited(itemCode, rule);
      if (rule.ruling === 'DISCRETIONARY') checkGround(data);
      if (
        context.history.some(({ type, data: said }) => type === 'CertificateIssued' && serialOf(said) === data.serialNo)
      ) {
        return no.SERIAL_USED(`${data.serialNo} was given before.`, { serialNo: data.serialNo });
      }
      return [{ type: 'CertificateIssued', data: { village: context.self, ...data, ...pinned(itemCode, rule) } }];
    },
    refuseCertificate: (data, state, context) => {
      const { itemCode, on } = open(state, data.requestNumber, context);
      const rule = ruleFor(itemCode, on, context);
      if (rule.ruling === 'PERMITTED' && data.ground === undefined) return no.REFUSED_WITHOUT_GROUND();
      const substituteRoute = data.substituteRoute ?? rule.substituteRoute ?? undefined;
      return [
        {
          type: 'CertificateRefused',
          data: { village: context.self, ...data, ...pinned(itemCode, rule), substituteRoute },
        },
      ];
    },
    revokeCertificate: (data, state, { self }) => {
      if (!state.valid.includes(data.serialNo)) return no.NOT_ISSUED(`No certificate ${data.serialNo} is issued.`);
      return [{ type: 'CertificateRevoked', data: { village: self, ...data } }];
    },
  },
};

const serialOf = (data: unknown): string => (data as { serialNo: string }).serialNo;

/** The number of a request, where the event is one. */
const numberOf = (event: RecordedEvent | undefined): number | undefined =>
  event?.type === 'CertificateRequested' ? (event.data as { requestNumber: number }).requestNumber : undefined;

const answers: readonly string[] = ['CertificateIssued', 'CertificateRefused'];

/** The request, where nothing answers it, on a later day neither. */
function open(state: CertificateState, number: number, { history }: Context): Request {
  const request = state.requests[number];
  if (!request) return no.NOT_REQUESTED(`There is no request ${number} on that day.`);
  const answered = history.some(
    ({ type, data }) => answers.includes(type) && (data as { requestNumber: number }).requestNumber === number,
  );
  return answered ? no.ALREADY_ANSWERED() : request;
}

function ruleFor(itemCode: string, on: string, context: Context): CertificateRule {
  const { world, self } = context;
  const village = world.village(self, rosterDay({ ...context, effectiveOn: on }));
  return certificateRuleOf(itemCode, world.certificateLists(village?.township ?? null, on));
}

function refuseProhibited(itemCode: string, { list, substituteRoute, item }: CertificateRule): never {
  const listDocument = list?.documentNumber ?? list?.title;
  const instead = substituteRoute === null ? '' : ` Instead: ${substituteRoute}.`;
  return no.PROHIBITED(
    `${listDocument ?? 'A list'} says that committees should not certify ${item?.name ?? itemCode}.${instead}`,
    {
      itemCode,
      substituteRoute,
      listDocument: listDocument ?? null,
      list: list?.id ?? null,
    },
  );
}

function checkGround({
  deliberationRecord,
  signerRole,
  outOfCityRequirement,
}: DataOf<typeof certificateCommands.issueCertificate>): void {
  const deliberated = deliberationRecord !== undefined && signerRole === 'CHAIR';
  if (!deliberated && outOfCityRequirement === undefined) no.NO_GROUND();
}

/** What the lists said, kept with the answer: a list that is published later does not re-judge it. */
const pinned = (itemCode: string, { ruling, list }: CertificateRule) => ({
  itemCode,
  ruling,
  list: list?.id,
  listDocument: list?.documentNumber ?? list?.title,
});
