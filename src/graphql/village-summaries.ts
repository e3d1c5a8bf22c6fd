/** Sentences on the events of villages. `self` is the village's name on the day. */
import type { villageEvents } from '../domain/village-catalogue.ts';
import type { Names, Templates } from './summary-templates.ts';

const villagesOf = (ids: readonly string[], names: Names, and: string) => ids.map((id) => names.village(id)).join(and);

export const villageSummaries: Templates<Omit<typeof villageEvents, 'EventVoided' | 'DivisionTransferred'>> = {
  VillageListed: {
    EN: ({ name, code }, _, __) => `${name} stands in the roster${code ? ` with the code ${code}` : ''}.`,
    ZH: ({ name, code }) => `${name}列入名录${code ? `，代码${code}` : ''}。`,
  },
  VillageEstablished: {
    EN: ({ name, township }, _, names) => `${name} was established in ${names.division(township)}.`,
    ZH: ({ name, township }, _, names) => `${names.division(township)}设立${name}。`,
  },
  VillageRenamed: {
    EN: ({ oldName, newName }) => `${oldName} was renamed ${newName}.`,
    ZH: ({ oldName, newName }) => `${oldName}更名为${newName}。`,
  },
  VillageCodeChanged: {
    EN: ({ oldCode, newCode }, self) => `The code of ${self} changed from ${oldCode ?? 'none'} to ${newCode}.`,
    ZH: ({ oldCode, newCode }, self) => `${self}的代码由${oldCode ?? '无'}改为${newCode}。`,
  },
  VillageKindChanged: {
    EN: ({ oldKind, newKind }, self) => `${self} changed from ${kindsEn[oldKind]} to ${kindsEn[newKind]}.`,
    ZH: ({ oldKind, newKind }, self) => `${self}由${kindsZh[oldKind]}改为${kindsZh[newKind]}。`,
  },
  VillageSubordinationTransferred: {
    EN: ({ fromTownship, township }, self, names) =>
      `${self} passed from ${names.division(fromTownship)} to ${names.division(township)}.`,
    ZH: ({ fromTownship, township }, self, names) =>
      `${self}由${names.division(fromTownship)}划归${names.division(township)}。`,
  },
  VillageDelisted: {
    EN: ({ reason }, self) => `${self} no longer stands in the roster${reason ? `: ${reason}` : ''}.`,
    ZH: ({ reason }, self) => `${self}不再列入名录${reason ? `：${reason}` : ''}。`,
  },
  VillageAbolished: {
    EN: ({ successors }, self, names) =>
      `${self} was abolished${successors.length ? `; its area went to ${villagesOf(successors, names, ', ')}` : ''}.`,
    ZH: ({ successors }, self, names) =>
      `${self}撤销${successors.length ? `，其区域划归${villagesOf(successors, names, '、')}` : ''}。`,
  },
  VillagesMerged: {
    EN: ({ merged }, self, names) => `${villagesOf(merged, names, ', ')} merged into ${self}.`,
    ZH: ({ merged }, self, names) => `${villagesOf(merged, names, '、')}并入${self}。`,
  },
  VillageSplit: {
    EN: ({ parts, continues }, self) =>
      `${parts.map(({ name }) => name).join(', ')} split off from ${self}, which ${continues ? 'goes on' : 'ends'}.`,
    ZH: ({ parts, continues }, self) =>
      `${self}析置${parts.map(({ name }) => name).join('、')}，原单位${continues ? '保留' : '撤销'}。`,
  },
  VillageBoundaryAdjusted: {
    EN: ({ counterpart }, self, names) => `The boundary between ${self} and ${names.village(counterpart)} was moved.`,
    ZH: ({ counterpart }, self, names) => `${self}与${names.village(counterpart)}的界线调整。`,
  },
  UrbanRuralClassAssigned: {
    EN: (data, self) => `${self} is of the urban-rural class ${data.class}.`,
    ZH: (data, self) => `${self}的城乡分类定为${classesZh[data.class]}。`,
  },
  VillagesLinked: {
    EN: ({ other, record }, self, names) =>
      `The record ${record ? `of ${record.name} ` : ''}held for ${record ? 'another village' : names.village(other)} is ${self}’s.`,
    ZH: ({ record }, self) => `${record ? `${record.name}的` : '另一'}记录认定属于${self}。`,
  },
  VillageUnlinked: {
    EN: ({ record }, self) => `The record ${record ? `of ${record.name} ` : ''}held for ${self} is another village’s.`,
    ZH: ({ record }, self) => `${record ? `${record.name}的` : ''}记录认定不属于${self}，另属一村。`,
  },
};

const kindsEn = {
  RESIDENTS_COMMITTEE: 'a residents’ committee',
  VILLAGERS_COMMITTEE: 'a villagers’ committee',
  QUASI_RESIDENTS: 'a unit similar to a residents’ committee',
  QUASI_VILLAGERS: 'a unit similar to a villagers’ committee',
};
const kindsZh = {
  RESIDENTS_COMMITTEE: '居民委员会',
  VILLAGERS_COMMITTEE: '村民委员会',
  QUASI_RESIDENTS: '类似居委会',
  QUASI_VILLAGERS: '类似村委会',
};
const classesZh = {
  MAIN_URBAN: '主城区',
  URBAN_FRINGE: '城乡结合区',
  TOWN_CENTRE: '镇中心区',
  TOWN_FRINGE: '镇乡结合区',
  SPECIAL_AREA: '特殊区域',
  TOWNSHIP_CENTRE: '乡中心区',
  VILLAGE_AREA: '村庄',
};
