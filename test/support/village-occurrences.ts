/** What can happen to a village, at random: for read models that have a row a village. */
import fc from 'fast-check';

export const some = <T>(...values: T[]) => fc.constantFrom(...values);
export const villageIds = ['v_aaaaaaaa', 'v_bbbbbbbb', 'v_cccccccc'];
export const villageId = some('v_aaaaaaaa', 'v_bbbbbbbb', 'v_cccccccc');
export const divisionId = some('d_aaaaaaaa', 'd_bbbbbbbb');
export const name = some('下围村委会', '稔田社区居委会', '大?村委会');
const shortName = some('下围', '稔田', '大?');
const code = some('440118102243', '440306021008');
const kind = some('RESIDENTS_COMMITTEE', 'VILLAGERS_COMMITTEE', 'QUASI_RESIDENTS');
export const county = fc.option(divisionId, { nil: undefined });
const place = { township: divisionId, county, prefecture: divisionId };
const optionalCode = fc.option(code, { nil: undefined });
const record = { code: optionalCode, name, shortName, kind, isVirtual: fc.boolean(), ...place };
export const dated = { other: villageId, record: fc.option(fc.record(record), { nil: undefined }) };
const part = fc.record({ village: villageId, name, shortName, code: optionalCode });
const approval = fc.constant({});

/** Payloads of the village's events. */
export const villageEvents = {
  VillageListed: fc.record(record),
  VillageEstablished: fc.record({ ...record, approval }),
  VillageRenamed: fc.record({ oldName: name, newName: name, newShortName: shortName }),
  VillageCodeChanged: fc.record({ newCode: code }),
  VillageKindChanged: fc.record({
    oldKind: kind,
    newKind: kind,
    isVirtual: fc.option(fc.boolean(), { nil: undefined }),
  }),
  VillageSubordinationTransferred: fc.record({ fromTownship: divisionId, ...place }),
  VillageDelisted: fc.constant({}),
  VillageAbolished: fc.record({ successors: fc.array(villageId, { maxLength: 2 }), approval }),
  VillagesMerged: fc.record({ merged: fc.array(villageId, { minLength: 1, maxLength: 2 }), approval }),
  VillageSplit: fc.record({
    parts: fc.array(part, { minLength: 1, maxLength: 2 }),
    continues: fc.boolean(),
    kind,
    ...place,
    approval,
  }),
  VillageBoundaryAdjusted: fc.record({ counterpart: villageId }),
  UrbanRuralClassAssigned: fc.record({ class: some('MAIN_URBAN', 'VILLAGE_AREA') }),
  VillagesLinked: fc.record(dated),
  VillageUnlinked: fc.record({ ...dated, lastRecord: fc.option(fc.record(record), { nil: undefined }) }),
};
