/** What is compared between two moments: one system a read model, field by field. */
import { type DivisionRow, divisions } from '../../projections/divisions.ts';
import { type VillageRow, villages } from '../../projections/villages.ts';
import type { Projection, Row } from '../es/projection.ts';
import type { Scene } from './scene.ts';

export type SystemName = 'VILLAGES' | 'DIVISIONS';

export interface System<R extends Row = Row> {
  readonly name: SystemName;
  readonly projection: Projection<R>;
  /** Name of a field as clients know it, its column, and how its value is shown. */
  readonly fields: readonly { readonly name: string; readonly column: keyof R & string; readonly show: Show }[];
  /** Ids of the divisions that a row lies in, from the lowest up; a division's own first. */
  readonly path: (id: string, row: R, scene: Scene) => readonly string[];
}

type Show = (value: string | number | null, scene: Scene) => string | null;

const plain: Show = (value) => (value === null ? null : String(value));
const yes: Show = (value) => (value === null ? null : value === 1 ? 'true' : 'false');
/** A division is shown by its code at the moment. */
const byCode: Show = (value, scene) => (value === null ? null : (scene.division(String(value))?.code ?? String(value)));

const villageSystem: System<VillageRow> = {
  name: 'VILLAGES',
  projection: villages,
  fields: [
    { name: 'status', column: 'status', show: plain },
    { name: 'code', column: 'code', show: plain },
    { name: 'name', column: 'name', show: plain },
    { name: 'shortName', column: 'short_name', show: plain },
    { name: 'kind', column: 'kind', show: plain },
    { name: 'isVirtual', column: 'is_virtual', show: yes },
    { name: 'township', column: 'township', show: byCode },
    { name: 'county', column: 'county', show: byCode },
    { name: 'prefecture', column: 'prefecture', show: byCode },
    { name: 'urbanRuralClass', column: 'urban_rural_class', show: plain },
  ],
  path: (_, { township, county, prefecture }, scene) => {
    const province = scene.division(prefecture)?.parent;
    return [township, county, prefecture, province].filter((id): id is string => id != null);
  },
};

const divisionSystem: System<DivisionRow> = {
  name: 'DIVISIONS',
  projection: divisions,
  fields: [
    { name: 'status', column: 'status', show: plain },
    { name: 'code', column: 'code', show: plain },
    { name: 'name', column: 'name', show: plain },
    { name: 'level', column: 'level', show: plain },
    { name: 'parent', column: 'parent', show: byCode },
  ],
  path: (id, row, scene) => {
    const path = [id];
    for (
      let above = row.parent;
      above !== null && !path.includes(above);
      above = scene.division(above)?.parent ?? null
    ) {
      path.push(above);
    }
    return path;
  },
};

/** The systems in the order in which their changes are told. */
export const changeSystems: readonly System[] = [
  villageSystem as unknown as System,
  divisionSystem as unknown as System,
];

/** Fields that an event type changes; a type that is not named changes any. */
const fieldsOfType: Readonly<Record<string, readonly string[]>> = {
  VillageRenamed: ['name', 'shortName'],
  VillageCodeChanged: ['code'],
  VillageKindChanged: ['kind', 'isVirtual'],
  VillageSubordinationTransferred: ['township', 'county', 'prefecture'],
  VillageDelisted: ['status'],
  VillageAbolished: ['status'],
  VillagesMerged: ['status'],
  VillageBoundaryAdjusted: [],
  UrbanRuralClassAssigned: ['urbanRuralClass'],
  DivisionRenamed: ['name'],
  DivisionCodeChanged: ['code'],
  DivisionTransferred: ['parent', 'county', 'prefecture'],
  DivisionDelisted: ['status'],
  IdentityReviewRaised: [],
  IdentityReviewDismissed: [],
};

/** Whether events of a type can change a field. Pure. */
export const changesField = (type: string, field: string): boolean => fieldsOfType[type]?.includes(field) ?? true;
