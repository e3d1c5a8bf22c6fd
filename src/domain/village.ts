/** Villages (村/社区): the unit of record, one committee and its area. Neither code nor name is its identity; the id is.
 *  Stream `village-<villageId>`. Events and commands: village-catalogue.ts. Mutations: graphql/derive/commands.ts. */
import { createHash } from 'node:crypto';
import type { Aggregate, DecisionContext, Fact } from '../es/aggregate.ts';
import { canonicalJson } from '../es/canonical.ts';
import { idOf, streamOf } from '../es/event.ts';
import { nameKey } from '../es/name-key.ts';
import { plainGuard } from './act.ts';
import { isOfEdition } from './division-rules.ts';
import { decideLink, decideUnlink } from './identity.ts';
import { refuse } from './refuse.ts';
import { type VillageRecord, villageEvents } from './village-catalogue.ts';
import { villageCommands } from './village-commands.ts';
import { shortNameOf } from './village-name.ts';
import {
  activeVillage,
  approve,
  checkCode,
  checkListing,
  checkName,
  checkStep,
  isVirtualCode,
  placeOf,
  refuseLaterEnd,
  refuseOpenObligations,
} from './village-rules.ts';
import { type VillageState, villageEvolve } from './village-state.ts';
import type { World } from './world.ts';

export type VillageFact = Fact<typeof villageEvents>;
export type VillageContext = DecisionContext<World>;

/** The record of a village that is listed on the command's day. Errors: `E_NOT_FOUND`, `E_VILLAGE_NOT_ACTIVE`. */
function listed(state: VillageState, context: VillageContext): VillageRecord {
  if (state.status === 'LISTED') return state.record;
  if (context.history.length === 0) refuse('E_NOT_FOUND', 'There is no such village.');
  return refuse('E_VILLAGE_NOT_ACTIVE', `The village is not listed on ${context.effectiveOn}.`);
}

/** True where the village's own stream says just this of the day already. */
const isStated = ({ history, self, effectiveOn }: VillageContext, type: string, data: object): boolean =>
  history.some(
    (event) =>
      event.type === type &&
      event.effectiveOn === effectiveOn &&
      idOf(event.stream) === self &&
      canonicalJson(event.data) === canonicalJson(data),
  );

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

type Split = Extract<VillageFact, { type: 'VillageSplit' }>['data'];

function splitOf(
  {
    parts,
    continues,
    approval,
  }: Pick<Split, 'continues' | 'approval'> & { parts: readonly { name: string; code?: string }[] },
  { kind, township }: VillageRecord,
  context: VillageContext,
): Split {
  const { names, ...place } = placeOf(township, context);
  const made = parts.map(({ name, code }) => ({
    village: partId(context.self, context.effectiveOn, name),
    name,
    shortName: shortNameOf(name, names),
    code,
  }));
  return { parts: made, continues, kind, ...place, approval };
}

/** Refuses parts that share a name or a code with each other or with another village. */
function checkParts({ parts, continues, kind, township }: Split, record: VillageRecord, context: VillageContext): void {
  parts.forEach(({ shortName, code }, at) => {
    const before = parts.slice(0, at);
    if (before.some((other) => nameKey(other.shortName) === nameKey(shortName))) {
      refuse('E_NAME_TAKEN', `Two parts are called ${shortName}.`);
    }
    // The village in whose place the parts stand leaves its name to one of them.
    if (continues && nameKey(shortName) === nameKey(record.shortName)) {
      refuse('E_NAME_TAKEN', `${shortName} is the name of the village that goes on.`, { village: context.self });
    }
    checkName(township, kind, shortName, context);
    if (!code) return;
    if (before.some((other) => other.code === code)) refuse('E_CODE_TAKEN', `Two parts are given ${code}.`);
    if (continues && code === record.code) {
      refuse('E_CODE_TAKEN', `${code} is the code of the village that goes on.`, { village: context.self });
    }
    checkCode(code, kind, township, context);
  });
}

export const village: Aggregate<typeof villageEvents, VillageState, typeof villageCommands, World> = {
  name: 'village',
  events: villageEvents,
  commands: villageCommands,
  initial: { status: 'NONE' },
  guard: plainGuard,

  reads: {
    linkVillages: ({ other }) => [streamOf('village', other)],
    mergeVillages: ({ merged }) => merged.map((id) => streamOf('village', id)),
  },
  evolve: villageEvolve,

  decide: {
    listVillage: ({ edition, rule, ...record }, state, context) => {
      // The roster is imported as it stands, its dirty rows and reused codes too; a clerk's entry is held to the rules.
      if (!isOfEdition({ edition, rule })) checkListing(record, context);
      return relist(state, record, { edition, rule });
    },

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
      if (nameKey(record.name) === nameKey(name)) return [];
      const newShortName = shortNameOf(name, placeOf(record.township, context).names);
      if (nameKey(newShortName) !== nameKey(record.shortName))
        checkName(record.township, record.kind, newShortName, context);
      return [{ type: 'VillageRenamed', data: { oldName: record.name, newName: name, newShortName } }];
    },

    changeVillageCode: ({ code, edition }, state, context) => {
      const record = listed(state, context);
      if (record.code === code) return [];
      checkCode(code, record.kind, record.township, context);
      const { kind, code: oldCode } = record;
      const changed: VillageFact = { type: 'VillageCodeChanged', data: { oldCode, newCode: code, edition } };
      const isVirtual = isVirtualCode(code);
      if (isVirtual === record.isVirtual) return [changed];
      return [changed, { type: 'VillageKindChanged', data: { oldKind: kind, newKind: kind, isVirtual } }];
    },

    changeVillageKind: ({ kind, assemblyConsentedOn }, state, context) => {
      const record = listed(state, context);
      if (record.kind === kind) return [];
      if (record.kind === 'VILLAGERS_COMMITTEE' && kind === 'RESIDENTS_COMMITTEE' && !assemblyConsentedOn) {
        refuse('E_APPROVAL_MISSING', 'A villagers’ committee becomes a residents’ one with its assembly’s consent.', {
          source: '村民委员会组织法 art. 3',
        });
      }
      if (assemblyConsentedOn) checkStep(assemblyConsentedOn, context);
      checkName(record.township, kind, record.shortName, context);
      const isVirtual = record.isVirtual ? false : undefined;
      return [
        { type: 'VillageKindChanged', data: { oldKind: record.kind, newKind: kind, isVirtual, assemblyConsentedOn } },
      ];
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

    abolishVillage: ({ approval, successors }, state, context) => {
      const data = { successors: [...new Set(successors)], approval };
      if (isStated(context, 'VillageAbolished', data)) return [];
      const record = listed(state, context);
      if (data.successors.includes(context.self)) refuse('E_SELF_REFERENCE', 'A village does not succeed itself.');
      approve(record.kind, data.approval, context);
      for (const successor of data.successors) activeVillage(successor, context);
      refuseOpenObligations(context.self, context);
      return [{ type: 'VillageAbolished', data }];
    },

    mergeVillages: ({ merged, approval }, state, context) => {
      const data = { merged: [...new Set(merged)].sort(), approval };
      const record = listed(state, context);
      if (isStated(context, 'VillagesMerged', data)) return [];
      if (data.merged.includes(context.self)) refuse('E_SELF_REFERENCE', 'A village is not merged into itself.');
      approve(record.kind, approval, context);
      for (const id of data.merged) {
        const other = activeVillage(id, context);
        refuseLaterEnd(id, context);
        refuseOpenObligations(id, context);
        if (other.township !== record.township) {
          refuse('E_SUBORDINATION', 'The villages of a merger lie in one township on its day.', { village: id });
        }
        // Each village that ends, ends by the law of its kind.
        approve(other.kind, approval, context);
      }
      return [{ type: 'VillagesMerged', data }];
    },

    splitVillage: (command, state, context) => {
      // The village may have ended by this very split: its record of the day is still known then.
      const record = state.status === 'ENDED' ? state.record : listed(state, context);
      const data = splitOf(command, record, context);
      if (isStated(context, 'VillageSplit', data)) return [];
      listed(state, context);
      approve(record.kind, data.approval, context);
      checkParts(data, record, context);
      return [{ type: 'VillageSplit', data }];
    },

    adjustVillageBoundary: (data, state, context) => {
      listed(state, context);
      if (isStated(context, 'VillageBoundaryAdjusted', data)) return [];
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
