/** Where each aggregate's things lie, for the decision on access: what is there by its row, what a command makes by its own
 *  fields. A thing that concerns several divisions has several places; a right over it is a right over all of them. */
import { appropriations } from '../../projections/appropriations.ts';
import { certificateLists } from '../../projections/certificate-lists.ts';
import { disclosureStandards } from '../../projections/disclosure-standards.ts';
import { documents } from '../../projections/documents.ts';
import { electionRounds } from '../../projections/election-rounds.ts';
import { honours } from '../../projections/honours.ts';
import { identityReviews } from '../../projections/identity-reviews.ts';
import { matters } from '../../projections/matters.ts';
import { persons } from '../../projections/persons.ts';
import { proposals } from '../../projections/proposals.ts';
import { regionTiers } from '../../projections/region-tiers.ts';
import { reportedFigures } from '../../projections/reported-figures.ts';
import { retiredCadres } from '../../projections/retired-cadres.ts';
import { servicePoints } from '../../projections/service-points.ts';
import { standards } from '../../projections/standards.ts';
import { workforceReports } from '../../projections/workforce-reports.ts';
import type { Place } from '../access/may.ts';
import { commandCatalogue } from '../domain/index.ts';
import { type Authority, aggregateOf, idOf, type LocalDate } from '../es/event.ts';
import type { Projection, Row } from '../es/projection.ts';
import { knownRow, nowhere, placeOfCode, placeOfDivision, placeOfVillage } from './place.ts';
import type { Scene } from './scene.ts';

/** A command as far as its places go. */
export interface Said {
  /** Its checked fields. */
  readonly data: unknown;
  readonly effectiveOn: LocalDate;
  readonly decidedBy?: Authority;
}

interface Whereabouts {
  /** Places of a thing; null where there is no such thing. */
  readonly of: (scene: Scene, id: string) => readonly Place[] | null;
  /** Places of what its creating commands make. */
  readonly made?: (scene: Scene, said: Said) => readonly Place[];
  /** Places of what a command acts on beside the thing of its stream. */
  readonly beside?: (scene: Scene, said: Said) => readonly Place[];
}

interface Fields {
  readonly village?: string;
  readonly township?: string;
  readonly parent?: string;
  readonly division?: string;
  readonly scope?: string;
  readonly asOf?: string;
  readonly source?: { readonly publishedOn: string };
  readonly regionTier?: string;
  readonly include?: readonly string[];
  readonly candidates?: readonly { readonly village: string }[];
  readonly merged?: readonly string[];
  readonly counterpart?: string;
  readonly other?: string;
}

const fieldsOf = ({ data }: Said): Fields => data as Fields;
const isNone = [nowhere];
/** Of a void, which holds for the day of its target. */
const anyDay = '1900-01-01';

/** By a row, where there is one. */
const byRow =
  <R extends Row>(projection: Projection<R>, places: (row: R, scene: Scene) => readonly Place[]): Whereabouts['of'] =>
  (scene, id) => {
    const row = knownRow(scene, projection, id);
    return row && places(row, scene);
  };

const ofHolder = (scene: Scene, village: string | null | undefined, division: string | null | undefined): Place[] => [
  village == null ? placeOfDivision(scene, division ?? null) : placeOfVillage(scene, village),
];
const ofDivisions = (scene: Scene, ids: string): readonly Place[] => {
  const places = (JSON.parse(ids) as string[]).map((id) => placeOfDivision(scene, id));
  return places.length === 0 ? isNone : places;
};
const ofVillages = (scene: Scene, ids: readonly string[]): readonly Place[] =>
  ids.map((id) => placeOfVillage(scene, id));
const byVillageField: Whereabouts['made'] = (scene, said) => [placeOfVillage(scene, fieldsOf(said).village ?? '')];
const byHolderField: Whereabouts['made'] = (scene, said) =>
  ofHolder(scene, fieldsOf(said).village, fieldsOf(said).division);
const byCodeField: Whereabouts['made'] = (scene, said) => [
  placeOfCode(scene, fieldsOf(said).division, said.effectiveOn),
];
/** What an organ issues or sets aside belongs to the organ's division. */
const byOrgan: Whereabouts['made'] = (scene, { decidedBy, effectiveOn }) => [
  placeOfCode(scene, decidedBy?.division, effectiveOn),
];
const byInclude: Whereabouts['made'] = (scene, said) =>
  (fieldsOf(said).include ?? []).map((code) => placeOfCode(scene, code, said.effectiveOn));

/** Streams named by a village's id. */
const ofVillage: Whereabouts = { of: (scene, id) => someOrNull(placeOfVillage(scene, id)) };
const ofDivision: Whereabouts['of'] = (scene, id) => {
  const place = placeOfDivision(scene, id);
  // A division is its own place: whether it is there, its row says.
  return scene.division(id) || place.length > 1 ? [place] : null;
};
const someOrNull = (place: Place): readonly Place[] | null => (place.length === 0 ? null : [place]);
const isNoPlace: Whereabouts = { of: () => null };

const standardPlaces = byRow(standards, (row, scene) =>
  row.village === null ? ofDivisions(scene, row.included) : [placeOfVillage(scene, row.village)],
);
const tierPlaces = byRow(regionTiers, ({ included }, scene) => ofDivisions(scene, included));
const documentPlaces = byRow(documents, ({ division }, scene) => [placeOfDivision(scene, division)]);
const superseded = (of: Whereabouts['of'], scene: Scene, ids: string | readonly string[] | undefined) =>
  [ids ?? []].flat().flatMap((id) => of(scene, id) ?? isNone);

/** By the aggregate's name; a test holds it to the list of aggregates. */
export const whereabouts: Readonly<Record<string, Whereabouts>> = {
  village: {
    ...ofVillage,
    made: (scene, said) => [placeOfDivision(scene, fieldsOf(said).township ?? null)],
    // Where a village is transferred to is no place of the command: that is decided by whoever has the power, in the domain.
    beside: (scene, said) => {
      const { merged = [], counterpart, other } = fieldsOf(said);
      return ofVillages(scene, [...merged, ...[counterpart, other].filter((id) => id !== undefined)]);
    },
  },
  division: { of: ofDivision, made: (scene, said) => [placeOfDivision(scene, fieldsOf(said).parent ?? null)] },
  review: {
    of: byRow(identityReviews, ({ candidates }, scene) =>
      ofVillages(
        scene,
        (JSON.parse(candidates) as { village: string }[]).map(({ village }) => village),
      ),
    ),
    made: (scene, said) =>
      ofVillages(
        scene,
        (fieldsOf(said).candidates ?? []).map(({ village }) => village),
      ),
  },
  figure: {
    of: byRow(reportedFigures, (row, scene) => [placeOfCode(scene, row.scope, row.as_of ?? row.published_on)]),
    made: (scene, said) => {
      const { scope, asOf, source } = fieldsOf(said);
      return [placeOfCode(scene, scope, asOf ?? source?.publishedOn ?? said.effectiveOn)];
    },
  },
  // Editions of the roster are imported by programs and lie in no one division.
  roster: isNoPlace,
  charter: ofVillage,
  term: ofVillage,
  supervision: ofVillage,
  certificate: ofVillage,
  deliberation: ofVillage,
  disclosure: ofVillage,
  creditcode: ofVillage,
  fund: ofVillage,
  payrun: { of: ofDivision },
  matter: { of: byRow(matters, ({ village }, scene) => [placeOfVillage(scene, village)]), made: byVillageField },
  retired: { of: byRow(retiredCadres, ({ village }, scene) => [placeOfVillage(scene, village)]), made: byVillageField },
  person: {
    of: byRow(persons, ({ village }, scene) => [village === null ? nowhere : placeOfVillage(scene, village)]),
    made: byVillageField,
  },
  round: {
    of: byRow(electionRounds, (row, scene) => [placeOfCode(scene, row.division, row.deployed_on)]),
    made: byCodeField,
  },
  certlist: {
    of: byRow(certificateLists, (row, scene) => [placeOfDivision(scene, row.division_id)]),
    made: byCodeField,
  },
  disclosurestandard: {
    of: byRow(disclosureStandards, (row, scene) => [placeOfCode(scene, row.scope, row.in_force_from)]),
    made: (scene, said) => [placeOfCode(scene, fieldsOf(said).scope, said.effectiveOn)],
  },
  document: {
    of: documentPlaces,
    made: byOrgan,
    // A document ends those in whose place it stands.
    beside: (scene, { data }) =>
      superseded(documentPlaces, scene, (data as { supersedes?: readonly string[] }).supersedes),
  },
  honour: {
    of: byRow(honours, ({ village, division }, scene) => ofHolder(scene, village, division)),
    made: byHolderField,
  },
  servicepoint: {
    of: byRow(servicePoints, ({ village, division }, scene) => ofHolder(scene, village, division)),
    made: byHolderField,
  },
  workforce: {
    of: byRow(workforceReports, ({ division }, scene) => [placeOfDivision(scene, division)]),
    made: byHolderField,
  },
  tier: { of: tierPlaces, made: byInclude, beside: byInclude },
  standard: {
    of: standardPlaces,
    made: (scene, said) => {
      const { village, division, regionTier } = fieldsOf(said);
      if (regionTier !== undefined) return tierPlaces(scene, regionTier) ?? isNone;
      return [village === undefined ? placeOfCode(scene, division, said.effectiveOn) : placeOfVillage(scene, village)];
    },
    beside: (scene, { data }) => superseded(standardPlaces, scene, (data as { supersedes?: string }).supersedes),
  },
  appropriation: {
    of: byRow(appropriations, (row, scene) => [placeOfCode(scene, row.from_division, `${row.fiscal_year}-01-01`)]),
    made: byOrgan,
  },
  // What is proposed lies where the act itself does.
  proposal: {
    of: byRow(proposals, ({ command, target, input }, scene) => {
      const data = JSON.parse(input) as Partial<Said>;
      const said = { data, effectiveOn: data.effectiveOn ?? anyDay, decidedBy: data.decidedBy };
      return placesOfCommand(scene, target, commandCatalogue.get(command)?.definition.creates ?? false, said);
    }),
  },
  // Who looked at what is no one division's: accessLog() tells each entry by the places of what was looked at.
  access: isNoPlace,
};

/** The places of a stream's thing; one that is nowhere where there is no such thing. */
export function placesOfStream(scene: Scene, stream: string): readonly Place[] {
  return whereabouts[aggregateOf(stream)]?.of(scene, idOf(stream)) ?? isNone;
}

/** The places of all that a command acts on. `stream`: its own; of a creating command too, since what it makes may be there. */
export function placesOfCommand(scene: Scene, stream: string, creates: boolean, said: Said): readonly Place[] {
  const { of, made, beside } = whereabouts[aggregateOf(stream)] ?? isNoPlace;
  const there = of(scene, idOf(stream));
  const own = creates ? [...(made?.(scene, said) ?? isNone), ...(there ?? [])] : (there ?? isNone);
  return [...own, ...(beside?.(scene, said) ?? [])];
}
