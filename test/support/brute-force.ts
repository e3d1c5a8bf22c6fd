/** The rule of the read models, said as plainly as it can be: what every faster way is held to. */
import { idOf, type Position, type RecordedEvent, streamOf } from '../../src/es/event.ts';
import { eventsAt, VOID_EVENT } from '../../src/es/fold.ts';
import type { Moment, Projection, Row } from '../../src/es/projection.ts';
import { sameState, shaped } from '../../src/es/state.ts';

export class BruteForce<R extends Row> {
  readonly ids: readonly string[];

  constructor(
    private readonly projection: Projection<R>,
    private readonly log: readonly RecordedEvent[],
  ) {
    const streams = log
      .flatMap(({ subjects }) => subjects)
      .filter((stream) => stream.startsWith(`${projection.entity}-`));
    this.ids = [...new Set(streams.map(idOf))].sort();
  }

  one(id: string, at: Moment): R | null {
    const stream = streamOf(this.projection.entity, id);
    const own = this.log.filter(({ subjects }) => subjects.includes(stream));
    return eventsAt(own, at.effectiveOn, at.position).reduce<R | null>((row, event) => {
      const handler = this.projection.handlers[event.type];
      if (event.type === VOID_EVENT || handler === 'ignore') return row;
      return shaped(this.projection, handler?.(row, event, id) ?? null);
    }, null);
  }

  all(at: Moment): { id: string; row: R }[] {
    return this.ids.flatMap((id) => {
      const row = this.one(id, at);
      return row ? [{ id, row }] : [];
    });
  }

  tally(groups: readonly string[], at: Moment): number[][] {
    const { cube } = this.projection;
    if (!cube) return [];
    return groups.map((group) =>
      this.all(at)
        .filter(({ row }) => cube.groups(row).includes(group))
        .reduce(
          (sums, { row }) => cube.counts(row).map((count, i) => count + (sums[i] as number)),
          cube.measures.map(() => 0),
        ),
    );
  }

  groups(): string[] {
    const { cube } = this.projection;
    if (!cube) return [];
    const moments = this.log.flatMap(({ effectiveOn }) => this.log.map(({ position }) => ({ effectiveOn, position })));
    return [...new Set(moments.flatMap((at) => this.all(at).flatMap(({ row }) => cube.groups(row))))].sort();
  }

  changed(from: Moment, to: Moment): string[] {
    return this.ids.filter((id) => !sameState(this.projection, this.one(id, from), this.one(id, to)));
  }

  timeline(id: string, position: Position): { effectiveOn: string; row: R | null }[] {
    const dated: { effectiveOn: string; row: R | null }[] = [];
    let last: R | null = null;
    for (const effectiveOn of [...new Set(this.log.map((event) => event.effectiveOn))].sort()) {
      const row = this.one(id, { effectiveOn, position });
      if (!sameState(this.projection, last, row)) dated.push({ effectiveOn, row });
      last = row;
    }
    return dated;
  }
}
