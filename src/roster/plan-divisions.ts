/** The part of an import's plan that speaks of divisions. */
import { division } from '../domain/division.ts';
import { streamOf } from '../es/event.ts';
import type { Identities } from './identities.ts';
import type { PlannedCommand } from './import-plan.ts';
import type { DivisionUnit } from './place-index.ts';
import { planStates } from './plan-states.ts';
import { recordsByEdition, ruleOf } from './records-by-edition.ts';

interface DivisionRecord {
  readonly code: string;
  readonly name: string;
  readonly level: DivisionUnit['level'];
  readonly parent?: string;
}

const same = (a: DivisionRecord, b: DivisionRecord): boolean =>
  a.code === b.code && a.name === b.name && a.level === b.level && a.parent === b.parent;

/** Commands by which every division is, on each edition's day, what the editions say. */
export function planDivisions({ set, log, arriving, divisions }: Identities): PlannedCommand[] {
  const { editions } = set;
  const days = editions.map(({ on }) => on);
  const idOf = (edition: number, code: string) =>
    divisions.idOf[divisions.thingOf[set.divisions.numberOf(edition, code) as number] as number] as string;
  const plan = (id: string, records: readonly (number | undefined)[]) => {
    const target = (edition: number): DivisionRecord | null => {
      const record = records[edition];
      if (record === undefined) return null;
      const unit = editions[edition]?.divisionList[set.divisions.placeOf(record)] as DivisionUnit;
      const { code, name, level, parent } = unit;
      return { code, name, level, ...(parent === null ? {} : { parent: idOf(edition, parent) }) };
    };
    const isTarget = (edition: number, record: DivisionRecord | null) => {
      const wanted = target(edition);
      return record && wanted ? same(record, wanted) : record === wanted;
    };
    const events = log.divisions.get(id) ?? [];
    const hasClerks = log.touchedByClerks.has(id);
    const statements = planStates({
      aggregate: division,
      self: id,
      events,
      hasClerks,
      days,
      arriving,
      target,
      isTarget,
      same,
    });
    return statements.map(({ edition, record }): PlannedCommand => {
      const day = days[edition] as string;
      const from = { edition: Number(day.slice(0, 4)), rule: ruleOf(records, edition, divisions.tiedBy) };
      const what = record
        ? { name: 'listDivision', data: { ...record, ...from } }
        : { name: 'delistDivision', data: from };
      return { aggregate: division, stream: streamOf('division', id), effectiveOn: day, ...what };
    });
  };
  const commands = divisions.things.flatMap((thing, at) =>
    plan(divisions.idOf[at] as string, recordsByEdition(thing, set.divisions.editionOf)),
  );
  // No command links divisions: an id that proves to be another's ends on every day, and its villages pass to the other.
  return [...commands, ...[...divisions.aliases.keys()].flatMap((id) => plan(id, []))];
}
