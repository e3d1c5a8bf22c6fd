/** Things by their ids and streams, whatever they are. */
import { Field, ID, ObjectType } from 'type-graphql';
import { disclosureStandards } from '../../projections/disclosure-standards.ts';
import { editions } from '../../projections/editions.ts';
import { identityReviews } from '../../projections/identity-reviews.ts';
import { matters } from '../../projections/matters.ts';
import { reportedFigures } from '../../projections/reported-figures.ts';
import { aggregateOf, idOf, streamOf } from '../es/event.ts';
import { certificateListById } from './certificate-list.ts';
import { disclosureStandardOf } from './disclosure-standard.ts';
import { divisionById } from './division.ts';
import { Edition } from './edition.ts';
import { electionRoundById } from './election-round.ts';
import { honourById } from './honour.ts';
import { IdentityReview } from './identity-review.ts';
import { matterOf } from './matter.ts';
import { Node } from './node.ts';
import { personById } from './person.ts';
import { documentById } from './policy-document.ts';
import { proposalById } from './proposal.ts';
import { regionTierById } from './region-tier.ts';
import { ReportedFigure } from './reported-figure.ts';
import { retiredCadreById } from './retired-cadre.ts';
import type { Scene } from './scene.ts';
import { servicePointById } from './service-point.ts';
import { standardById } from './standard.ts';
import { villageById } from './village.ts';

/** What a field of type Node gives: `__typename` names its type. */
export interface NodeView {
  readonly __typename: string;
  readonly id: string;
}

@ObjectType('AbsentNode', {
  implements: Node,
  simpleResolvers: true,
  description: 'A thing that is named but is not there at the moment: not yet, no longer, or not yet known.',
})
export class AbsentNode implements Node {
  @Field(() => ID, { description: 'Its id.' })
  readonly id!: string;
}

/** The thing of a stream in a picture; an `AbsentNode` where it is not there. */
export function subjectOf(scene: Scene, stream: string): NodeView {
  const id = globalIdOf(stream);
  return thingOf(scene, stream) ?? { __typename: 'AbsentNode', id };
}

/** The thing of a global id that is no event's, or null. */
export function thingById(scene: Scene, id: string): NodeView | null {
  const stream = streamOfThing(id);
  return stream === null ? null : thingOf(scene, stream);
}

const prefixes: Readonly<Record<string, string>> = {
  v_: 'village',
  d_: 'division',
  r_: 'review',
  f_: 'figure',
  p_: 'person',
  pr_: 'proposal',
  m_: 'matter',
  ds_: 'disclosurestandard',
  er_: 'round',
  rc_: 'retired',
  cl_: 'certlist',
  pd_: 'document',
  h_: 'honour',
  sp_: 'servicepoint',
  s_: 'standard',
  t_: 'tier',
};

/** The stream of a global id; null where the id is of no known kind. */
function streamOfThing(id: string): string | null {
  if (id.startsWith('roster-')) return id;
  const aggregate = prefixes[id.slice(0, id.indexOf('_') + 1)];
  return aggregate ? streamOf(aggregate, id) : null;
}

const globalIdOf = (stream: string): string => (aggregateOf(stream) === 'roster' ? stream : idOf(stream));

function thingOf(scene: Scene, stream: string): NodeView | null {
  const id = idOf(stream);
  switch (aggregateOf(stream)) {
    case 'village':
      return villageById(scene, id);
    case 'payrun':
    case 'division':
      return divisionById(scene, id);
    case 'review': {
      const row = scene.one(identityReviews, id);
      return row && new IdentityReview(scene, id, row);
    }
    case 'matter': {
      const row = scene.one(matters, id);
      return row && matterOf(id, row);
    }
    case 'disclosurestandard': {
      const row = scene.one(disclosureStandards, id);
      return row && disclosureStandardOf(id, row);
    }
    case 'figure': {
      const row = scene.one(reportedFigures, id);
      return row && new ReportedFigure(id, row);
    }
    case 'roster': {
      const row = scene.one(editions, id);
      return row && new Edition(id, row);
    }
    case 'retired':
      return retiredCadreById(scene, id);
    case 'standard':
      return standardById(scene, id);
    case 'tier':
      return regionTierById(scene, id);
    case 'document':
      return documentById(scene, id);
    case 'honour':
      return honourById(scene, id);
    case 'servicepoint':
      return servicePointById(scene, id);
    case 'certlist':
      return certificateListById(scene, id);
    case 'round':
      return electionRoundById(scene, id);
    case 'person':
      return personById(scene, id);
    case 'proposal':
      return proposalById(scene, id);
    default:
      return null;
  }
}
