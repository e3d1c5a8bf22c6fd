/** The part of an import's plan that speaks of villages. */
import type { IdentityRule } from '../domain/scalars.ts';
import { village } from '../domain/village.ts';
import type { VillageRecord } from '../domain/village-catalogue.ts';
import type { LocalDate } from '../es/event.ts';
import { streamOf } from '../es/event.ts';
import { DatedStates, recordsOn } from './dated-states.ts';
import { EditionRecords, sameRecord } from './edition-records.ts';
import type { Identities } from './identities.ts';
import type { ImportPlan, PlannedCommand } from './import-plan.ts';
import { planStates } from './plan-states.ts';
import { recordsByEdition, ruleOf } from './records-by-edition.ts';

/** A record that the log held for one village, and the editions now hold for another. */
export interface Contradiction {
  /** Number of the record. */
  readonly record: number;
  /** Id that held it. */
  readonly before: string;
}

export interface VillagePlan extends Pick<ImportPlan, 'commands' | 'recognised' | 'timelines'> {
  readonly contradictions: readonly Contradiction[];
}

/** Commands by which every village is, on each edition's day, what the editions say: links first, then its records. */
export function planVillages(identities: Identities): VillagePlan {
  const planning = new VillagePlanning(identities);
  identities.villages.things.forEach((thing, at) => {
    planning.thing(identities.villages.idOf[at] as string, thing);
  });
  for (const alias of identities.villages.aliases.keys()) planning.leftover(alias);
  return planning;
}

type MovedRecords = { readonly effectiveOn: LocalDate; readonly record: VillageRecord | null }[];

class VillagePlanning implements VillagePlan {
  readonly commands: PlannedCommand[] = [];
  readonly recognised = new Map<IdentityRule, number>();
  readonly timelines = new Map<string, MovedRecords>();
  readonly contradictions: Contradiction[] = [];
  private readonly days: readonly LocalDate[];
  private readonly aliasesOf: ReadonlyMap<string, readonly string[]>;
  private readonly editionRecords: EditionRecords;

  constructor(private readonly identities: Identities) {
    this.days = identities.set.editions.map(({ on }) => on);
    this.aliasesOf = groupAliases(identities.villages.aliases);
    this.editionRecords = new EditionRecords(identities);
  }

  /** All that is to be said of a thing of the partition. */
  thing(id: string, thing: readonly number[]): void {
    const { set, villages, arriving } = this.identities;
    const records = recordsByEdition(thing, set.villages.editionOf);
    const linked = (this.aliasesOf.get(id) ?? []).flatMap((alias) => this.link(id, alias, records));
    const statements = this.state(id, records, new Set(linked));
    const isMissing = records[arriving] === undefined && statements.some(({ edition }) => edition === arriving);
    if (isMissing || records[arriving] !== undefined) {
      count(this.recognised, ruleOf(records, arriving, villages.tiedBy));
    }
    if (statements.some(({ edition }) => edition !== arriving)) this.findContradictions(id, records);
  }

  /** An alias that no link took: it ends on every day. */
  leftover(alias: string): void {
    if (!this.timelines.has(alias)) this.state(alias, [], new Set());
  }

  /** Moves the alias's record, on each day it is listed anew. Returns the editions of these days. */
  private link(id: string, alias: string, records: readonly (number | undefined)[]): readonly number[] {
    const moved = listedOn(alias, this.identities);
    const timeline = moved.map((edition) => ({
      effectiveOn: this.days[edition] as LocalDate,
      record: this.editionRecords.get(records[edition]),
    }));
    const first = moved[0];
    if (first === undefined || timeline.every(({ record }) => record === null)) return [];
    this.timelines.set(alias, timeline);
    const rule = ruleOf(records, first, this.identities.villages.tiedBy);
    this.add('linkVillages', id, first, { other: alias, rule });
    return moved;
  }

  private state(id: string, records: readonly (number | undefined)[], stated: ReadonlySet<number>) {
    const statements = planStates<VillageRecord>({
      aggregate: village,
      self: id,
      events: this.identities.log.villages.get(id) ?? [],
      hasClerks: this.identities.log.touchedByClerks.has(id),
      days: this.days,
      arriving: this.identities.arriving,
      target: (edition) => this.editionRecords.get(records[edition]),
      isTarget: (edition, record) => this.editionRecords.is(records[edition], record),
      same: sameRecord,
      stated,
    });
    for (const { edition, record } of statements) {
      const year = Number(this.days[edition]?.slice(0, 4));
      const from = { edition: year, rule: ruleOf(records, edition, this.identities.villages.tiedBy) };
      this.add(record ? 'listVillage' : 'delistVillage', id, edition, { ...record, ...from });
    }
    return statements;
  }

  private add(name: string, id: string, edition: number, data: PlannedCommand['data']): void {
    const effectiveOn = this.days[edition] as LocalDate;
    this.commands.push({ aggregate: village, name, stream: streamOf('village', id), data, effectiveOn });
  }

  private findContradictions(id: string, records: readonly (number | undefined)[]): void {
    const { log, set, arriving } = this.identities;
    const said = recordsOn<VillageRecord>(village, id, log.villages.get(id) ?? [], this.days);
    said.forEach((before, edition) => {
      const record = before?.code === undefined ? undefined : set.villages.numberOf(edition, before.code);
      if (edition === arriving || record === undefined || record === records[edition]) return;
      this.contradictions.push({ record, before: id });
    });
  }
}

/** Editions on whose days a link must take the alias's own record away: each one that would list it anew. */
function listedOn(alias: string, { set, log }: Identities): number[] {
  const states = new DatedStates<VillageRecord>(village, alias, log.villages.get(alias) ?? []);
  return set.editions.flatMap(({ on }, edition) => {
    if (states.on(on) === null) return [];
    states.suppose(null);
    return [edition];
  });
}

function groupAliases(aliases: ReadonlyMap<string, string>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [alias, id] of aliases) groups.set(id, [...(groups.get(id) ?? []), alias]);
  return groups;
}

const count = (counts: Map<IdentityRule, number>, rule: IdentityRule) => counts.set(rule, (counts.get(rule) ?? 0) + 1);
