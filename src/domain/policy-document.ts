/** Documents (政策文件) and local standards (地方标准): what acts rest on. Stream `document-<documentId>`, one a document.
 *  Events and commands: policy-document-catalogue.ts. Mutations: graphql/derive/commands.ts. */
import type { Aggregate, DecisionContext } from '../es/aggregate.ts';
import { idOf, streamOf } from '../es/event.ts';
import { actGuard, checkAuthority, refuseFuture, rosterDay } from './act.ts';
import type { AuthorityLevel } from './authority.ts';
import { isBelow } from './level-rank.ts';
import { policyDocumentCommands, policyDocumentEvents } from './policy-document-catalogue.ts';
import { refusals } from './refusals.ts';
import type { World } from './world.ts';

const no = refusals('document', {
  EXISTS: {
    code: 'E_ALREADY_EXISTS',
    when: 'The document is recorded with other words.',
    source: 'one stream, one document',
    remedy: 'Send it with `corrects`, or record another document under a commandId of its own.',
  },
  NUMBER_TAKEN: {
    code: 'E_ALREADY_EXISTS',
    when: 'The issuer has another document of this number.',
    source: 'proposal of this ledger: an organ gives a number once',
  },
  EARLY: {
    code: 'E_STEP_ORDER',
    when: 'The document is in force before the day that it bears, and is not said to be retroactive.',
    source: 'proposal of this ledger: not retroactive unless it says so',
    remedy: 'Check both days, or say `retroactive: true` where the document does.',
  },
  EXPIRES_EARLY: {
    code: 'E_STEP_ORDER',
    when: 'The document expires before it is in force.',
    source: 'calendar',
    remedy: 'Check both days.',
  },
  UNKNOWN: {
    code: 'E_NOT_FOUND',
    when: 'There is no such document on that day.',
    source: 'one stream, one document',
  },
  SUPERSEDED_UNKNOWN: {
    code: 'E_NOT_FOUND',
    when: 'There is no document of the id that is superseded.',
    source: 'one stream, one document',
    remedy: 'Record the older document first.',
  },
  ENDED: {
    code: 'E_STEP_ORDER',
    when: 'The document is no longer in force.',
    source: 'a document ends once',
    remedy: 'Void what ended it, where that is wrong.',
  },
  BODY_BELOW: {
    code: 'E_NOT_AUTHORIZED',
    when: 'A body below the issuer cannot end its document.',
    source: 'proposal of this ledger after the authority matrix',
  },
});

type Status = 'IN_FORCE' | 'REPEALED' | 'EXPIRED';
type DocumentState =
  | { readonly status: 'NONE' }
  | { readonly status: Status; readonly level: AuthorityLevel; readonly expiresOn?: string };
type Context = DecisionContext<World>;

const end = (state: DocumentState, status: Status): DocumentState =>
  state.status === 'NONE' ? state : { ...state, status };

export const policyDocument: Aggregate<
  typeof policyDocumentEvents,
  DocumentState,
  typeof policyDocumentCommands,
  World
> = {
  name: 'document',
  events: policyDocumentEvents,
  commands: policyDocumentCommands,
  initial: { status: 'NONE' },
  guard: actGuard<keyof typeof policyDocumentCommands>({
    issuePolicyDocument: { act: 'DOCUMENT_ISSUE', mayLieAhead: true },
    publishLocalStandard: { act: 'DOCUMENT_ISSUE', mayLieAhead: true },
    repealPolicyDocument: { act: 'DOCUMENT_ISSUE', mayLieAhead: true },
    expirePolicyDocument: { act: 'DOCUMENT_ISSUE', mayLieAhead: true },
  }),
  reads: {
    issuePolicyDocument: ({ supersedes = [] }) => supersedes.map((id) => streamOf('document', id)),
  },

  evolve: {
    EventVoided: (state) => state,
    // A document that supersedes this one names it too.
    PolicyDocumentIssued: (state, { level, expiresOn }, { self, event }) =>
      idOf(event.stream) === self ? { status: 'IN_FORCE', level, expiresOn } : state,
    LocalStandardPublished: (_, { level }) => ({ status: 'IN_FORCE', level }),
    PolicyDocumentRepealed: (state) => end(state, 'REPEALED'),
    PolicyDocumentExpired: (state) => end(state, 'EXPIRED'),
  },

  decide: {
    issuePolicyDocument: (data, state, context) => {
      if (state.status !== 'NONE') return no.EXISTS();
      checkDays(data.issuedOn, data.retroactive ?? false, context);
      if (data.expiresOn !== undefined && data.expiresOn <= context.effectiveOn) return no.EXPIRES_EARLY();
      checkNumber(data.documentNumber, data.issuers, context);
      for (const id of data.supersedes ?? []) checkKnown(id, context);
      return [{ type: 'PolicyDocumentIssued', data: { ...data, ...issuedBy(context) } }];
    },
    publishLocalStandard: (data, state, context) => {
      if (state.status !== 'NONE') return no.EXISTS();
      checkDays(data.publishedOn, false, context);
      checkNumber(data.standardNumber, data.issuers, context);
      return [{ type: 'LocalStandardPublished', data: { ...data, ...issuedBy(context) } }];
    },
    repealPolicyDocument: (data, state, context) => {
      if (state.status === 'REPEALED') return [];
      checkEnd(state, context);
      return [{ type: 'PolicyDocumentRepealed', data }];
    },
    expirePolicyDocument: (data, state, context) => {
      if (state.status === 'EXPIRED') return [];
      checkEnd(state, context);
      return [{ type: 'PolicyDocumentExpired', data }];
    },
  },
};

/** The level and division of the body that decided. Errors: `E_NOT_AUTHORIZED`. */
function issuedBy(context: Context): { level: AuthorityLevel; division?: string } {
  const code = context.decidedBy?.division;
  const level = checkAuthority('DOCUMENT_ISSUE', context, code ?? null);
  const division = code === undefined ? null : context.world.divisionByCode(code, rosterDay(context));
  return division === null ? { level } : { level, division: division.id };
}

function checkDays(issuedOn: string, retroactive: boolean, context: Context): void {
  refuseFuture(issuedOn, context);
  if (context.effectiveOn < issuedOn && !retroactive) {
    no.EARLY(`It bears the day ${issuedOn} and would be in force from ${context.effectiveOn}.`);
  }
}

function checkNumber(number: string | undefined, issuers: readonly string[], { world, self }: Context): void {
  if (number === undefined) return;
  for (const issuer of issuers) {
    const other = world.document(number, issuer);
    if (other && other.id !== self) no.NUMBER_TAKEN(`${issuer} has ${number} already.`, { document: other.id });
  }
}

function checkKnown(id: string, { related, self }: Context): void {
  const isThere = related(streamOf('document', id)).some(
    ({ type, stream }) =>
      stream === streamOf('document', id) && (type === 'PolicyDocumentIssued' || type === 'LocalStandardPublished'),
  );
  if (!isThere || id === self) no.SUPERSEDED_UNKNOWN(`There is no document ${id}.`, { document: id });
}

/** The level of the body that may end it. Errors: `E_NOT_FOUND`, `E_STEP_ORDER`, `E_NOT_AUTHORIZED`. */
function checkEnd(state: DocumentState, context: Context): AuthorityLevel {
  if (state.status === 'NONE') return no.UNKNOWN();
  const isPast = state.expiresOn !== undefined && state.expiresOn <= context.effectiveOn;
  if (state.status !== 'IN_FORCE' || isPast) no.ENDED();
  const level = checkAuthority('DOCUMENT_ISSUE', context, context.decidedBy?.division ?? null);
  return isBelow(level, state.level) ? no.BODY_BELOW() : level;
}
