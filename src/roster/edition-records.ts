/** Villages' records as the editions state them, the divisions named by their ids. */
import type { VillageRecord } from '../domain/village-catalogue.ts';
import type { Identities } from './identities.ts';
import type { VillageUnit } from './place-index.ts';

interface Place {
  readonly township: string;
  readonly county: string | undefined;
  readonly prefecture: string;
}

export class EditionRecords {
  /** By edition, then by the township's code. */
  private readonly places: readonly Map<string, Place>[];

  constructor(private readonly identities: Identities) {
    this.places = identities.set.editions.map(() => new Map());
  }

  /** The record of a number; null where there is none. */
  get(record: number | undefined): VillageRecord | null {
    if (record === undefined) return null;
    const { code, name, shortName, kind, isVirtual, ...unit } = this.unit(record);
    const { township, county, prefecture } = this.place(record, unit);
    return { code, name, shortName, kind, isVirtual, township, ...(county && { county }), prefecture };
  }

  /** Whether `given` is the record of the number. */
  is(record: number | undefined, given: VillageRecord | null): boolean {
    if (record === undefined || given === null) return record === undefined && given === null;
    const unit = this.unit(record);
    return sameRecord(given, unit, this.place(record, unit));
  }

  private unit(record: number): VillageUnit {
    const { villages } = this.identities.set;
    const edition = this.identities.set.editions[villages.editionOf[record] as number];
    return edition?.villages[villages.placeOf(record)] as VillageUnit;
  }

  private place(record: number, unit: Pick<VillageUnit, 'township' | 'county' | 'prefecture'>): Place {
    const edition = this.identities.set.villages.editionOf[record] as number;
    const places = this.places[edition] as Map<string, Place>;
    let place = places.get(unit.township);
    if (!place) {
      const { divisions, set } = this.identities;
      const idOf = (code: string) =>
        divisions.idOf[divisions.thingOf[set.divisions.numberOf(edition, code) as number] as number] as string;
      const county = unit.county === null ? undefined : idOf(unit.county);
      place = { township: idOf(unit.township), county, prefecture: idOf(unit.prefecture) };
      places.set(unit.township, place);
    }
    return place;
  }
}

type Attributes = Pick<VillageRecord, 'code' | 'name' | 'shortName' | 'kind' | 'isVirtual'>;

/** Equality of two records; the place of the second may be given apart. */
export const sameRecord = (
  a: VillageRecord,
  b: Attributes,
  place: Place | VillageRecord = b as VillageRecord,
): boolean =>
  a.code === b.code &&
  a.name === b.name &&
  a.shortName === b.shortName &&
  a.kind === b.kind &&
  a.isVirtual === b.isVirtual &&
  a.township === place.township &&
  a.county === place.county &&
  a.prefecture === place.prefecture;
