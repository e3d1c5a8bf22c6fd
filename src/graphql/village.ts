/** Villages in a picture of the world. Lists: villages.ts; history: village-history.ts. */
import { Field, ID, ObjectType } from 'type-graphql';
import { type VillageRow, villages } from '../../projections/villages.ts';
import { StatisticalCode, UrbanRuralClass, VillageKind } from '../domain/scalars.ts';
import { codes } from '../domain/vocabulary.ts';
import { DatedCode, DatedName, spans } from './dated.ts';
import { termType } from './derive/types.ts';
import { Division, divisionById } from './division.ts';
import { badInput } from './input-error.ts';
import { Node } from './node.ts';
import { guarded, ReadField } from './read-field.ts';
import type { Scene } from './scene.ts';

/** Whether a village stands in the roster. */
export const VillageStatus = codes('VillageStatus', 'Whether a village stands in the roster at the moment.', {
  LISTED: 'It stands in the roster.',
  DELISTED: 'It no longer stands in the roster; no decision is known that abolished it.',
  ABOLISHED: 'It was abolished, merged into another or split up by decision.',
});

const statisticalCode = termType(StatisticalCode);
const villageKind = termType(VillageKind);
const villageStatus = termType(VillageStatus);
const urbanRuralClass = termType(UrbanRuralClass);

@ObjectType('Village', {
  implements: Node,
  simpleResolvers: true,
  description: 'A village or community (村/社区): one committee and its area, as it was at the moment.',
})
export class Village implements Node {
  @Field(() => ID, { description: 'The same for ever; neither code nor name.' })
  readonly id: string;

  private townshipKept: Division | null | undefined;
  private countyKept: Division | null | undefined;
  private prefectureKept: Division | null | undefined;

  constructor(
    readonly scene: Scene,
    id: string,
    readonly row: VillageRow,
  ) {
    this.id = id;
  }

  get __typename() {
    return 'Village' as const;
  }

  @ReadField(statisticalCode, {
    nullable: true,
    description: 'Statistical code; null where the bureau has given none; the last one, where it is no longer listed.',
  })
  get code(): string | null {
    return this.row.code;
  }

  @ReadField(() => String, { description: 'Name as published: 下围村委会.' })
  get name(): string {
    return this.row.name;
  }

  @ReadField(() => String, { description: 'Base name without place and legal suffix: 下围.' })
  get shortName(): string {
    return this.row.short_name;
  }

  @ReadField(villageKind, { description: 'What kind of unit it is.' })
  get kind(): VillageKind {
    return this.row.kind;
  }

  @ReadField(() => Boolean, { description: 'True for a virtual community of the bureau (suffix 498 or 598).' })
  get isVirtual(): boolean {
    return this.row.is_virtual === 1;
  }

  @ReadField(villageStatus, { description: 'Whether it stands in the roster.' })
  get status(): VillageRow['status'] {
    return this.row.status;
  }

  @ReadField(urbanRuralClass, {
    nullable: true,
    description: 'Urban-rural class of the statistics bureau; null where none is recorded.',
  })
  get urbanRuralClass(): string | null {
    return this.row.urban_rural_class;
  }

  @ReadField(() => Division, { nullable: true, description: 'Town, township or street that it lies in.' })
  get township(): Division | null {
    if (this.townshipKept === undefined) this.townshipKept = guarded(() => divisionById(this.scene, this.row.township));
    return this.townshipKept;
  }

  @ReadField(() => Division, {
    nullable: true,
    description: 'County or district; null in 东莞 and 中山, which have none.',
  })
  get county(): Division | null {
    if (this.countyKept === undefined) this.countyKept = guarded(() => divisionById(this.scene, this.row.county));
    return this.countyKept;
  }

  @ReadField(() => Division, { nullable: true, description: 'Prefecture-level city.' })
  get prefecture(): Division | null {
    if (this.prefectureKept === undefined)
      this.prefectureKept = guarded(() => divisionById(this.scene, this.row.prefecture));
    return this.prefectureKept;
  }

  @Field(() => [DatedCode], { description: 'Every code it has carried while listed, up to the moment, oldest first.' })
  codes(): DatedCode[] {
    return spans(this.#states(), ({ status, code }) => (status === 'LISTED' && code ? { code } : null));
  }

  @Field(() => [DatedName], { description: 'Every name it has borne while listed, up to the moment, oldest first.' })
  names(): DatedName[] {
    return spans(this.#states(), ({ status, name, short_name }) =>
      status === 'LISTED' ? { name, shortName: short_name } : null,
    );
  }

  #states() {
    return this.scene.timeline(villages, this.id);
  }
}

/** The village of an id, whatever its status, or the one that took over its record; null where there is none at the moment. */
export function villageById(scene: Scene, id: string): Village | null {
  return scene.once('village', id, () => {
    const found = scene.village(id);
    if (!found) return null;
    return found.id === id ? new Village(scene, id, found.row) : villageById(scene, found.id);
  });
}

/** The village that exactly one of id and code names; by code only a listed one. Errors: `BAD_USER_INPUT`. */
export function villageNamed(scene: Scene, id: string | null, code: string | null): Village | null {
  if ((id === null) === (code === null))
    throw badInput(['id'], 'Name the village by its id or by its code: one of the two.');
  if (id !== null) return villageById(scene, id);
  const found = scene.villageByCode(code as string);
  return found && villageById(scene, found.id);
}
