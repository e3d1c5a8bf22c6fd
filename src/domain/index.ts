/** Every aggregate, by name: the one list that the API, the log's checks, the read models and the manual are derived from. */
import type { AnyAggregate } from '../es/aggregate.ts';
import { access } from './access.ts';
import { appropriation } from './appropriation.ts';
import { certificate } from './certificate.ts';
import { certificateList } from './certificate-list.ts';
import { charter } from './charter.ts';
import { creditCode } from './credit-code.ts';
import { deliberation } from './deliberation.ts';
import { disclosure } from './disclosure.ts';
import { disclosureStandard } from './disclosure-standard.ts';
import { division } from './division.ts';
import { electionRound } from './election-round.ts';
import { fund } from './fund.ts';
import { honour } from './honour.ts';
import { identityReview } from './identity-review.ts';
import { matter } from './matter.ts';
import { payRun } from './payrun.ts';
import { person } from './person.ts';
import { policyDocument } from './policy-document.ts';
import { proposal } from './proposal.ts';
import { regionTier } from './region-tier.ts';
import { reportedFigure } from './reported-figure.ts';
import { retired } from './retired.ts';
import { roster } from './roster.ts';
import { servicePoint } from './service-point.ts';
import { standard } from './standard.ts';
import { supervision } from './supervision.ts';
import { term } from './term.ts';
import { village } from './village.ts';
import type { CommandDefinition, EventDefinition } from './vocabulary.ts';
import { workforce } from './workforce.ts';

/** The events of each aggregate, and the prefixes of the other entities that these may name. A test holds the logs to it. */
export const catalogues = {
  village: { events: village.events, names: ['review'] },
  division: { events: division.events, names: ['village'] },
  review: { events: identityReview.events, names: ['village'] },
  figure: { events: reportedFigure.events, names: [] },
  roster: { events: roster.events, names: [] },
  charter: { events: charter.events, names: ['village'] },
  term: { events: term.events, names: ['village'] },
  supervision: { events: supervision.events, names: ['village'] },
  round: { events: electionRound.events, names: [] },
  retired: { events: retired.events, names: ['village'] },
  certlist: { events: certificateList.events, names: [] },
  certificate: { events: certificate.events, names: ['village'] },
  deliberation: { events: deliberation.events, names: ['village'] },
  matter: { events: matter.events, names: ['village'] },
  disclosure: { events: disclosure.events, names: ['village'] },
  disclosurestandard: { events: disclosureStandard.events, names: [] },
  person: { events: person.events, names: ['access'] },
  access: { events: access.events, names: ['seen'] },
  document: { events: policyDocument.events, names: [] },
  honour: { events: honour.events, names: ['village', 'division'] },
  servicepoint: { events: servicePoint.events, names: ['village', 'division'] },
  workforce: { events: workforce.events, names: ['division'] },
  creditcode: { events: creditCode.events, names: ['village'] },
  tier: { events: regionTier.events, names: [] },
  standard: { events: standard.events, names: ['village'] },
  appropriation: { events: appropriation.events, names: [] },
  fund: { events: fund.events, names: ['village', 'fundyear'] },
  payrun: { events: payRun.events, names: ['paymonth'] },
  proposal: { events: proposal.events, names: [] },
} as const;

export type Catalogues = typeof catalogues;

/** Names of the aggregates whose events can reach entities of the prefix `E`. */
export type SpeakersOf<E extends string> = {
  [A in keyof Catalogues]: E extends A | Catalogues[A]['names'][number] ? A : never;
}[keyof Catalogues];

export const aggregates: readonly AnyAggregate[] = [
  village,
  division,
  identityReview,
  reportedFigure,
  roster,
  charter,
  term,
  supervision,
  electionRound,
  retired,
  certificateList,
  certificate,
  deliberation,
  matter,
  disclosure,
  disclosureStandard,
  person,
  access,
  policyDocument,
  honour,
  servicePoint,
  workforce,
  creditCode,
  regionTier,
  standard,
  appropriation,
  fund,
  payRun,
  proposal,
];

/** Every event type with its definition; a type that two aggregates share is the same definition. */
export const eventCatalogue: ReadonlyMap<string, EventDefinition> = new Map(
  aggregates.flatMap((aggregate) => Object.entries(aggregate.events as Record<string, EventDefinition>)),
);

/** Every command with its definition and aggregate. */
export const commandCatalogue: ReadonlyMap<
  string,
  { readonly aggregate: AnyAggregate; readonly definition: CommandDefinition }
> = new Map(
  aggregates.flatMap((aggregate) =>
    Object.entries(aggregate.commands as Record<string, CommandDefinition>).map(
      ([name, definition]) => [name, { aggregate, definition }] as const,
    ),
  ),
);

const byName = new Map(aggregates.map((aggregate) => [aggregate.name, aggregate]));

/** The aggregate whose streams begin with `name`. */
export const aggregateNamed = (name: string): AnyAggregate | undefined => byName.get(name);

type UnionToIntersection<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void
  ? I
  : never;

/** All event definitions as one type: what the sentences on events must cover. */
export type EventCatalogue = UnionToIntersection<Catalogues[keyof Catalogues]['events']>;
