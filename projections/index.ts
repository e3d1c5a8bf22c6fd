/** Every read model, by name: the one list that the runner feeds. */
import type { Projection, Row } from '../src/es/projection.ts';
import { appropriations } from './appropriations.ts';
import { certificateLists } from './certificate-lists.ts';
import { creditCodes } from './credit-codes.ts';
import { disclosureStandards } from './disclosure-standards.ts';
import { divisions } from './divisions.ts';
import { documents } from './documents.ts';
import { editions } from './editions.ts';
import { electionRounds } from './election-rounds.ts';
import { fundYears } from './fund-years.ts';
import { honours } from './honours.ts';
import { identityReviews } from './identity-reviews.ts';
import { matters } from './matters.ts';
import { payMonths } from './pay-months.ts';
import { persons } from './persons.ts';
import { proposals } from './proposals.ts';
import { regionTiers } from './region-tiers.ts';
import { reportedFigures } from './reported-figures.ts';
import { retiredCadres } from './retired-cadres.ts';
import { servicePoints } from './service-points.ts';
import { standards } from './standards.ts';
import { villageAliases } from './village-aliases.ts';
import { villageAppraisals } from './village-appraisals.ts';
import { villageCertificates } from './village-certificates.ts';
import { villageCharters } from './village-charters.ts';
import { villageDeliberation } from './village-deliberation.ts';
import { villageDisclosure } from './village-disclosure.ts';
import { villageDisclosureQuarters } from './village-disclosure-quarters.ts';
import { villageHonours } from './village-honours.ts';
import { villageMatters } from './village-matters.ts';
import { villageRetired } from './village-retired.ts';
import { villageServices } from './village-services.ts';
import { villageTerms } from './village-terms.ts';
import { villages } from './villages.ts';
import { workforceReports } from './workforce-reports.ts';

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
  untyped(standards),
  untyped(regionTiers),
  untyped(appropriations),
  untyped(fundYears),
  untyped(payMonths),
  untyped(villageTerms),
  untyped(villageDeliberation),
  untyped(villageMatters),
  untyped(matters),
  untyped(villageDisclosure),
  untyped(villageDisclosureQuarters),
  untyped(disclosureStandards),
  untyped(villageAppraisals),
  untyped(electionRounds),
  untyped(villageRetired),
  untyped(villageCertificates),
  untyped(retiredCadres),
  untyped(certificateLists),
  untyped(persons),
  untyped(documents),
  untyped(honours),
  untyped(villageHonours),
  untyped(servicePoints),
  untyped(villageServices),
  untyped(workforceReports),
  untyped(creditCodes),
  untyped(proposals),
];
