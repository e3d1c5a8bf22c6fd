/** Every read model, by name: the one list that the runner feeds. */
import type { Projection, Row } from '../src/es/projection.ts';
import { certificateLists } from './certificate-lists.ts';
import { divisions } from './divisions.ts';
import { documents } from './documents.ts';
import { editions } from './editions.ts';
import { electionRounds } from './election-rounds.ts';
import { honours } from './honours.ts';
import { identityReviews } from './identity-reviews.ts';
import { persons } from './persons.ts';
import { reportedFigures } from './reported-figures.ts';
import { retiredCadres } from './retired-cadres.ts';
import { villageAliases } from './village-aliases.ts';
import { villageAppraisals } from './village-appraisals.ts';
import { villageCertificates } from './village-certificates.ts';
import { villageCharters } from './village-charters.ts';
import { villageRetired } from './village-retired.ts';
import { villageTerms } from './village-terms.ts';
import { villages } from './villages.ts';

/** The row types are the projections' own business; the engine sees cells. */
const untyped = <R extends Row>(projection: Projection<R>) => projection as unknown as Projection;

export const projections: readonly Projection[] = [
  untyped(villages),
  untyped(villageAliases),
  untyped(divisions),
  untyped(reportedFigures),
  untyped(identityReviews),
  untyped(editions),
  untyped(villageCharters),
  untyped(villageTerms),
  untyped(villageAppraisals),
  untyped(electionRounds),
  untyped(villageRetired),
  untyped(villageCertificates),
  untyped(retiredCadres),
  untyped(certificateLists),
  untyped(persons),
  untyped(documents),
  untyped(honours),
];
