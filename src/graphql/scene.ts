/** One picture of the world: a moment of both clocks, and all reads at it. There is one for each moment of a request, so
 *  that what was read once is not read again. */
import { type DivisionRow, divisions } from '../../projections/divisions.ts';
import { villageAliases } from '../../projections/village-aliases.ts';
import { type VillageRow, villages } from '../../projections/villages.ts';
import type { World } from '../domain/world.ts';
import type { RecordedEvent } from '../es/event.ts';
import type { Found, Moment, Projection, Row, Select } from '../es/projection.ts';
import type { RequestContext } from './context.ts';
import { type DivisionRows, divisionRowsAt } from './division-rows.ts';

const aliasStepsMax = 20;

export class Scene {
  private divisionRows: DivisionRows | undefined;
  private readonly kept = new Map<string, Map<string, unknown>>();

  private constructor(
    readonly context: RequestContext,
    readonly at: Moment,
  ) {}

  /** The request's picture at a moment, which the read model must have reached. */
  static at(context: RequestContext, at: Moment): Scene {
    const key = `scene:${at.effectiveOn}:${at.position}`;
    let scene = context.loaders.get(key) as Scene | undefined;
    if (!scene) {
      scene = new Scene(context, at);
      context.loaders.set(key, scene);
    }
    return scene;
  }

  /** The picture that the request began with: today, and all that was known. */
  static now(context: RequestContext): Scene {
    return Scene.at(context, context.basis);
  }

  /** The same knowledge on another day. */
  on(effectiveOn: string): Scene {
    return Scene.at(this.context, { effectiveOn, position: this.at.position });
  }

  /** The value of a kind that is made once for a key. */
  once<T>(kind: string, key: string, make: () => T): T {
    let kept = this.kept.get(kind);
    if (!kept) {
      kept = new Map();
      this.kept.set(kind, kept);
    }
    let made = kept.get(key) as T | undefined;
    if (made === undefined) {
      made = make();
      kept.set(key, made);
    }
    return made;
  }

  one<R extends Row>(projection: Projection<R>, id: string): R | null {
    return this.reading(projection).one(projection, id, this.at);
  }

  many<R extends Row>(projection: Projection<R>, ids: readonly string[]): (R | null)[] {
    return this.reading(projection).many(projection, ids, this.at);
  }

  /** Ids of what differs from another picture, ascending, after `afterId`. */
  changed<R extends Row>(projection: Projection<R>, other: Scene, afterId: string, limit: number): string[] {
    return this.reading(projection).changed(projection, this.at, other.at, afterId, limit);
  }

  select<R extends Row>(projection: Projection<R>, question: Select): Found<R>[] {
    return this.reading(projection).select(projection, question, this.at);
  }

  count<R extends Row>(projection: Projection<R>, question: Pick<Select, 'where' | 'params' | 'search'>): number {
    return this.reading(projection).count(projection, question, this.at);
  }

  tally<R extends Row>(projection: Projection<R>, groups: readonly string[]): readonly (readonly number[])[] {
    return this.reading(projection).tally(projection, groups, this.at);
  }

  /** Dated states known in this picture, those that begin after its day left out. */
  timeline<R extends Row>(projection: Projection<R>, id: string): { effectiveOn: string; row: R | null }[] {
    const known = this.reading(projection).timeline(projection, id, this.at.position);
    return known.filter(({ effectiveOn }) => effectiveOn <= this.at.effectiveOn);
  }

  /** A division by its id, whatever its status. */
  division(id: string): DivisionRow | null {
    this.context.reads.add(divisions.name);
    this.divisionRows ??= divisionRowsAt(this.context.services.readModel, this.at);
    return this.divisionRows.read(id, () => this.one(divisions, id));
  }

  /** The listed division that carries a code. 441900 and 442000, which the bureau puts where a county's code would stand in
   *  东莞 and 中山, mean the prefecture. */
  divisionByCode(code: string): Found<DivisionRow> | null {
    return this.once('division by code', code, () => {
      const where = "v.code = ? and v.status = 'LISTED'";
      const found = this.select(divisions, { where, params: [code], limit: 1 })[0];
      if (found || code.length !== 6 || !code.endsWith('00')) return found ?? null;
      return this.divisionByCode(code.slice(0, 4));
    });
  }

  /** The listed division that carries a code, and the picture in which it does: before the oldest edition, of which nothing
   *  is known, that edition's own. */
  placeByCode(code: string): { readonly id: string; readonly scene: Scene } | null {
    const found = this.divisionByCode(code);
    if (found) return { id: found.id, scene: this };
    const from = (this.context.services.ledger.world as World).rosterFrom;
    if (from === null || this.at.effectiveOn >= from) return null;
    const then = this.on(from);
    const known = then.divisionByCode(code);
    return known && { id: known.id, scene: then };
  }

  /** Ids of the divisions right below a province, whatever their status. */
  prefecturesOf(province: string): readonly string[] {
    return this.once('prefectures', province, () => {
      const question = { where: 'v.parent = ?', params: [province], limit: 1_000 };
      return this.select(divisions, question).map(({ id }) => id);
    });
  }

  /** A village by its id; an id whose record was found to be another village's leads to that one. */
  village(id: string): Found<VillageRow> | null {
    let current = id;
    for (let step = 0; step < aliasStepsMax; step++) {
      const row = this.one(villages, current);
      if (row) return { id: current, row };
      const alias = this.one(villageAliases, current);
      if (!alias) return null;
      current = alias.village;
    }
    return null;
  }

  /** The listed village that carries a code. */
  villageByCode(code: string): Found<VillageRow> | null {
    const where = "v.code = ? and v.status = 'LISTED'";
    return this.select(villages, { where, params: [code], limit: 1 })[0] ?? null;
  }

  /** Every event known in this picture that names a thing, by position; later days and voided ones too. */
  async eventsOf(stream: string): Promise<readonly RecordedEvent[]> {
    this.context.reads.add('log');
    const key = `events:${stream}`;
    const { loaders, services } = this.context;
    const reading = (loaders.get(key) ?? services.store.readSubject(stream)) as Promise<readonly RecordedEvent[]>;
    loaders.set(key, reading);
    return (await reading).filter(({ position }) => position <= this.at.position);
  }

  private reading<R extends Row>({ name }: Projection<R>) {
    this.context.reads.add(name);
    return this.context.services.readModel;
  }
}
