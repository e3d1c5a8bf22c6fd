/** Villages (村/社区): the unit of record, one committee and its area. Neither code nor name is its identity; the id is.
 *  Stream `village-<villageId>`. Events and commands: village-catalogue.ts. Mutations: graphql/derive/commands.ts. */
import { createHash } from 'node:crypto';
import type { Aggregate, DecisionContext, Fact } from '../es/aggregate.ts';
import { decideLink, decideUnlink } from './identity.ts';
import { refuse } from './refuse.ts';
import type { VillageKind } from './scalars.ts';
import { approve, checkCode, checkName, placeOf } from './village-rules.ts';
import { type VillageRecord, villageCommands, villageEvents } from './village-catalogue.ts';
import { shortNameOf } from './village-name.ts';
import type { World } from './world.ts';

export type VillageFact = Fact<typeof villageEvents>;
export type VillageContext = DecisionContext<World>;

// State: as much as the decisions need.
export type VillageState =
  | { readonly status: 'NONE' }
  | { readonly status: 'LISTED' | 'ENDED'; readonly record: VillageRecord; readonly class?: string };

/** The record of a village that is listed on the command's day. Errors: `E_NOT_FOUND`, `E_VILLAGE_NOT_ACTIVE`. */
function listed(state: VillageState, context: VillageContext): VillageRecord {
  if (state.status === 'LISTED') return state.record;
  if (context.history.length === 0) refuse('E_NOT_FOUND', 'There is no such village.');
  return refuse('E_VILLAGE_NOT_ACTIVE', `The village is not listed on ${context.effectiveOn}.`);
}

const past = (day: string, today: string) => {
  if (day > today) refuse('E_FUTURE_OCCURRENCE', `${day} lies after today, ${today}.`);
};

/** Merges a change into a listed record; anything else stays as it was: a void may have taken the listing away. */
const patch = (state: VillageState, change: Partial<VillageRecord>): VillageState =>
  state.status === 'NONE' ? state : { ...state, record: { ...state.record, ...change } };

const end = (state: VillageState): VillageState => (state.status === 'NONE' ? state : { ...state, status: 'ENDED' });

const list = ({
  code,
  name,
  shortName,
  kind,
  isVirtual,
  township,
  county,
  prefecture,
}: VillageRecord): VillageState => ({
  status: 'LISTED',
  record: { code, name, shortName, kind, isVirtual, township, county, prefecture },
});

/** What an edition's record changes in what is known: nothing, single attributes, or the whole listing. */
function relist(
  before: VillageState,
  record: VillageRecord,
  from: Pick<VillageFactListing, 'edition' | 'rule'>,
): VillageFact[] {
  if (before.status !== 'LISTED') return [{ type: 'VillageListed', data: { ...record, ...from } }];
  const old = before.record;
  const facts: VillageFact[] = [];
  if (old.township !== record.township || old.county !== record.county || old.prefecture !== record.prefecture) {
    const { township, county, prefecture } = record;
    const data = { fromTownship: old.township, township, county, prefecture, ...from };
    facts.push({ type: 'VillageSubordinationTransferred', data });
  }
  if (record.code !== undefined && old.code !== record.code) {
    facts.push({ type: 'VillageCodeChanged', data: { oldCode: old.code, newCode: record.code, ...from } });
  }
  if (old.kind !== record.kind || old.isVirtual !== record.isVirtual) {
    const { kind, isVirtual } = record;
    facts.push({ type: 'VillageKindChanged', data: { oldKind: old.kind, newKind: kind, isVirtual, ...from } });
  }
  if (old.name !== record.name || old.shortName !== record.shortName) {
    const data = { oldName: old.name, newName: record.name, newShortName: record.shortName, ...from };
    facts.push({ type: 'VillageRenamed', data });
  }
  return facts;
}
type VillageFactListing = Extract<VillageFact, { type: 'VillageListed' }>['data'];

/** Ids of the villages that a split makes: the same command makes the same ones. */
const partId = (self: string, day: string, name: string) =>
  `v_${createHash('sha256').update(`split:${self}:${day}:${name}`).digest('hex').slice(0, 20)}`;

export const village: Aggregate<typeof villageEvents, VillageState, typeof villageCommands, World> = {
  name: 'village',
  events: villageEvents,
  commands: villageCommands,
  initial: { status: 'NONE' },

  evolve: {
    EventVoided: (state) => state,
    VillageListed: (_, data) => list(data),
    VillageEstablished: (_, data) => list(data),
    VillageRenamed: (state, { newName, newShortName }) => patch(state, { name: newName, shortName: newShortName }),
    VillageCodeChanged: (state, { newCode }) => patch(state, { code: newCode }),
    VillageKindChanged: (state, { newKind, isVirtual }) =>
      patch(state, { kind: newKind, ...(isVirtual === undefined ? {} : { isVirtual }) }),
    VillageSubordinationTransferred: (state, { township, county, prefecture }) =>
      patch(state, { township, county, prefecture }),
    VillageDelisted: (state) => end(state),
    VillageAbolished: (state, { successors }, { self }) => (successors.includes(self) ? state : end(state)),
    VillagesMerged: (state, { merged }, { self }) => (merged.includes(self) ? end(state) : state),
    VillageSplit: (state, { parts, continues, kind, township, county, prefecture }, { self }) => {
      const part = parts.find((each) => each.village === self);
      if (part) return list({ ...part, kind, isVirtual: false, township, county, prefecture });
      return continues ? state : end(state);
    },
    VillageBoundaryAdjusted: (state) => state,
    UrbanRuralClassAssigned: (state, data) => (state.status === 'NONE' ? state : { ...state, class: data.class }),
    VillagesLinked: (state, { other, record }, { self }) =>
      self === other ? { status: 'NONE' } : record ? list(record) : end(state),
    VillageUnlinked: (state, { other, record }, { self }) =>
      self !== other ? { status: 'NONE' } : record ? list(record) : end(state),
  },

  decide: {
    listVillage: ({ edition, rule, ...record }, state) => relist(state, record, { edition, rule }),

    establishVillage: ({ approval, households, population, ...asked }, state, context) => {
      if (state.status !== 'NONE') refuse('E_ALREADY_EXISTS', 'The village is already there.');
      const place = placeOf(asked.township, context);
      approve(asked.kind, approval, context);
      const shortName = shortNameOf(asked.name, place.names);
      checkName(asked.township, asked.kind, shortName, context);
      if (asked.code) checkCode(asked.code, asked.kind, asked.township, context);
      const { township, county, prefecture } = place;
      const record = {
        name: asked.name,
        code: asked.code,
        kind: asked.kind,
        shortName,
        isVirtual: false,
        township,
        county,
        prefecture,
      };
      return [{ type: 'VillageEstablished', data: { ...record, households, population, approval } }];
    },

    renameVillage: ({ name }, state, context) => {
      const record = listed(state, context);
      if (record.name === name) return [];
      const newShortName = shortNameOf(name, placeOf(record.township, context).names);
      if (newShortName !== record.shortName) checkName(record.township, record.kind, newShortName, context);
      return [{ type: 'VillageRenamed', data: { oldName: record.name, newName: name, newShortName } }];
    },

    changeVillageCode: ({ code, edition }, state, context) => {
      const record = listed(state, context);
      if (record.code === code) return [];
      checkCode(code, record.kind, record.township, context);
      return [{ type: 'VillageCodeChanged', data: { oldCode: record.code, newCode: code, edition } }];
    },

    changeVillageKind: ({ kind, assemblyConsentedOn }, state, context) => {
      const record = listed(state, context);
      if (record.kind === kind) return [];
      if (record.kind === 'VILLAGERS_COMMITTEE' && kind === 'RESIDENTS_COMMITTEE' && !assemblyConsentedOn) {
        refuse('E_APPROVAL_MISSING', 'A villagers’ committee becomes a residents’ one with its assembly’s consent.', {
          source: '村民委员会组织法 art. 3',
        });
      }
      if (assemblyConsentedOn) past(assemblyConsentedOn, context.today);
      checkName(record.township, kind, record.shortName, context);
      return [{ type: 'VillageKindChanged', data: { oldKind: record.kind, newKind: kind, assemblyConsentedOn } }];
    },

    transferVillage: ({ township, code }, state, context) => {
      const record = listed(state, context);
      if (record.township === township) return [];
      const { names: _, ...place } = placeOf(township, context);
      checkName(township, record.kind, record.shortName, context);
      if (code) checkCode(code, record.kind, township, context);
      const moved: VillageFact = {
        type: 'VillageSubordinationTransferred',
        data: { fromTownship: record.township, ...place },
      };
      if (!code || code === record.code) return [moved];
      return [moved, { type: 'VillageCodeChanged', data: { oldCode: record.code, newCode: code } }];
    },

    delistVillage: ({ reason, edition, rule }, state, context) => {
      if (state.status === 'ENDED') return [];
      listed(state, context);
      return [{ type: 'VillageDelisted', data: { reason, edition, rule } }];
    },

    abolishVillage: (data, state, context) => {
      const record = listed(state, context);
      if (data.successors.includes(context.self)) refuse('E_SELF_REFERENCE', 'A village does not succeed itself.');
      approve(record.kind, data.approval, context);
      for (const successor of data.successors) activeVillage(successor, context);
      return [{ type: 'VillageAbolished', data }];
    },

    mergeVillages: (data, state, context) => {
      const record = listed(state, context);
      if (data.merged.includes(context.self)) refuse('E_SELF_REFERENCE', 'A village is not merged into itself.');
      approve(record.kind, data.approval, context);
      for (const id of data.merged) {
        if (activeVillage(id, context).township !== record.township) {
          refuse('E_SUBORDINATION', 'The villages of a merger lie in one township on its day.', { village: id });
        }
      }
      return [{ type: 'VillagesMerged', data: { ...data, merged: [...new Set(data.merged)].sort() } }];
    },

    splitVillage: ({ parts, continues, approval }, state, context) => {
      const record = listed(state, context);
      const { names, ...place } = placeOf(record.township, context);
      approve(record.kind, approval, context);
      const made = parts.map((each) => ({
        village: partId(context.self, context.effectiveOn, each.name),
        name: each.name,
        shortName: shortNameOf(each.name, names),
        code: each.code,
      }));
      made.forEach((each, at) => {
        if (made.findIndex((other) => other.shortName === each.shortName) !== at) {
          refuse('E_NAME_TAKEN', `Two parts are called ${each.shortName}.`);
        }
        const keepsName = !continues && each.shortName === record.shortName;
        if (!keepsName) checkName(record.township, record.kind, each.shortName, context);
        if (each.code) checkCode(each.code, record.kind, record.township, context);
      });
      return [{ type: 'VillageSplit', data: { parts: made, continues, kind: record.kind, ...place, approval } }];
    },

    adjustVillageBoundary: (data, state, context) => {
      listed(state, context);
      if (data.counterpart === context.self) refuse('E_SELF_REFERENCE', 'A boundary lies between two villages.');
      activeVillage(data.counterpart, context);
      return [{ type: 'VillageBoundaryAdjusted', data }];
    },

    classifyVillage: (data, state, context) => {
      listed(state, context);
      // Code band and class are independent (国家统计局: a 村委会 can lie in a main urban area), so nothing ties them here.
      return state.status === 'LISTED' && state.class === data.class ? [] : [{ type: 'UrbanRuralClassAssigned', data }];
    },

    linkVillages: decideLink,
    unlinkVillage: decideUnlink,
  },
};

function activeVillage(id: string, context: VillageContext): { readonly kind: VillageKind; readonly township: string } {
  const found = context.world.village(id, context.effectiveOn);
  if (!found) refuse('E_NOT_FOUND', 'There is no such village on that day.', { village: id });
  if (found.status !== 'LISTED')
    refuse('E_VILLAGE_NOT_ACTIVE', `A village named is not listed on ${context.effectiveOn}.`, { village: id });
  return found;
}
