/** Entities that stopped at an event: folded anew from the log, now that the program may be another. */
import { Entity } from '../es/bitemporal.ts';
import { OPEN_DAY, OPEN_POSITION } from '../es/day.ts';
import { type Position, streamOf } from '../es/event.ts';
import type { Cube, Row } from '../es/projection.ts';
import { columnsOf } from '../es/state.ts';
import { arrays, type Database, transaction } from './database.ts';
import type { Delta } from './deltas.ts';
import type { History, Live } from './live.ts';
import { unpackPositions } from './packs.ts';
import { advance, byEntity, emptyPlan, type Plan } from './plan.ts';
import { stateFrom } from './rows.ts';

/** Retries a projection's stuck entities up to `checkpoint`; true where rows changed. One that fails at the same event keeps its mark. */
export async function retryStuck<R extends Row>(
  db: Database,
  live: Live<R>,
  checkpoint: Position,
  history: History,
): Promise<boolean> {
  const { projection } = live;
  const plans: { id: string; plan: Plan<R> }[] = [];
  for (const { entity: id, position } of live.stuck.values()) {
    const events = (await history(streamOf(projection.entity, id))).filter((event) => event.position <= checkpoint);
    const plan = emptyPlan<R>();
    advance(
      plan,
      () => Entity.fresh(projection, id),
      () => {},
      byEntity(projection, events).get(id) ?? [],
    );
    if (plan.stuck[0]?.position !== position) plans.push({ id, plan });
  }
  if (plans.length === 0) return false;
  transaction(db, () => {
    const positions = storedPositions(db, projection.name);
    db.prepare('delete from pack where projection = ?').run(projection.name);
    for (const { id, plan } of plans) {
      db.prepare('delete from stuck where projection = ? and entity = ?').run(projection.name, id);
      live.rows.remove(id);
      live.write({ ...plan, deltas: [], positions: [] });
      for (const position of plan.positions) positions.add(position);
    }
    const { cube } = projection;
    live.pack(
      cube ? deltasOfRows(db, live, cube) : [],
      [...positions].sort((a, b) => a - b),
    );
  });
  live.load();
  return true;
}

function storedPositions(db: Database, projection: string): Set<Position> {
  const packs = db.prepare("select data from pack where projection = ? and kind = 'positions'").all(projection);
  return new Set((packs as { data: Uint8Array }[]).flatMap(({ data }) => [...unpackPositions(data)]));
}

/** The tallies' deltas as they follow from the rows alone: the corners of the region of both times in which a row holds. */
function deltasOfRows<R extends Row>(db: Database, { projection }: Live<R>, cube: Cube<R>): Delta[] {
  const columns = columnsOf(projection);
  const own = columns.map((column) => `, "${column}"`).join('');
  const rows = arrays(
    db,
    `select valid_from, known_from, known_to, next_from, next_known${own} from "${projection.name}" where present`,
  );
  const deltas: Delta[] = [];
  for (const cells of rows.iterate() as Iterable<[number, number, number, number, number]>) {
    const [validFrom, knownFrom, knownTo, nextFrom, nextKnown] = cells;
    const state = stateFrom<R>(columns, cells, 5);
    const counts = cube.counts(state);
    const ends = Math.max(knownFrom, nextKnown);
    const corner = (day: number, position: number, sign: 1 | -1) => {
      if (day === OPEN_DAY || position === OPEN_POSITION) return;
      for (const group of new Set(cube.groups(state))) {
        deltas.push({ group, day, position, values: counts.map((count) => sign * count) });
      }
    };
    corner(validFrom, knownFrom, 1);
    corner(validFrom, knownTo, -1);
    if (ends >= knownTo) continue;
    corner(nextFrom, ends, -1);
    corner(nextFrom, knownTo, 1);
  }
  return deltas.sort((a, b) => a.position - b.position);
}
