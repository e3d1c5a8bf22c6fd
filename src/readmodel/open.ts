/** Opens the read model of a data folder, and builds it where it is missing, damaged, of another log or of older projections. */
import { mkdir } from 'node:fs/promises';
import type { Projection } from '../es/projection.ts';
import type { EventStore } from '../es/store.ts';
import { closeDatabase, openDatabase } from './database.ts';
import { freePath, hasStem, isUnfit, readModelFiles, removeDrafts, removeReadModel } from './files.ts';
import { measuresOf, readMeta } from './meta.ts';
import { rebuild } from './rebuild.ts';
import { type Build, ServingReadModel } from './serving.ts';
import type { Progress, RebuildSource } from './source.ts';
import { SqliteReadModel } from './sqlite-read-model.ts';
import { fileStem } from './tables.ts';

/** What the operator should hear of. */
export type Notice =
  /** The file does not serve, and goes once another does. */
  | { readonly kind: 'discarded'; readonly path: string; readonly why: string }
  /** A file is being built; `serving` is the older one that answers meanwhile, if there is one. */
  | { readonly kind: 'building'; readonly serving: string | null }
  | { readonly kind: 'built'; readonly path: string };

export interface OpenOptions {
  /** The data folder; made where it is missing. */
  readonly dir: string;
  readonly projections: readonly Projection[];
  readonly store: EventStore;
  /** How a rebuild's worker threads open the same log. */
  readonly source?: RebuildSource;
  readonly workers?: number;
  readonly onProgress?: (progress: Progress) => void;
  readonly onNotice: (notice: Notice) => void;
  /** Ends a rebuild in the background. */
  readonly signal?: AbortSignal;
}

/** Resolves when there is something to answer from. Errors: the store's, and what a rebuild throws. */
export async function openReadModel(options: OpenOptions): Promise<ServingReadModel> {
  const { dir, projections, onNotice } = options;
  await mkdir(dir, { recursive: true });
  await removeDrafts(dir);
  const stem = fileStem(projections);
  const files = await readModelFiles(dir);
  const [own, others] = [files.filter((path) => hasStem(path, stem)), files.filter((path) => !hasStem(path, stem))];

  const current = await firstThatOpens(own, options);
  const build = buildOf(options, stem);
  const onDamage = (error: unknown) => onNotice({ kind: 'discarded', path: build.serving ?? '', why: String(error) });
  if (current) {
    build.serving = current.path;
    await current.model.retry((stream) => options.store.readSubject(stream));
    current.model.compact();
    await build.clean();
    return ServingReadModel.current(current.model, build, onDamage);
  }
  const older = await firstThatOpens(others, options);
  if (older) {
    onNotice({ kind: 'building', serving: older.path });
    return ServingReadModel.frozen(older.model, build, onDamage);
  }
  onNotice({ kind: 'building', serving: null });
  await build.prepare();
  const model = build.open();
  await build.clean();
  return ServingReadModel.current(model, build, onDamage);
}

/** The first file that can be served, the unfit ones reported. */
async function firstThatOpens(
  files: readonly string[],
  { projections, store, onNotice }: OpenOptions,
): Promise<{ path: string; model: SqliteReadModel } | null> {
  for (const path of files) {
    const opened = await openOver(path, projections, store);
    if (opened instanceof SqliteReadModel) return { path, model: opened };
    onNotice({ kind: 'discarded', path, why: opened });
  }
  return null;
}

function buildOf(options: OpenOptions, stem: string): Build & { serving: string | null } {
  const { dir, projections, onNotice } = options;
  let made = '';
  return {
    serving: null,
    async prepare() {
      made = freePath(dir, stem, await readModelFiles(dir));
      await rebuild({ ...options, path: made });
    },
    open() {
      const model = SqliteReadModel.over(openDatabase(made), projections);
      this.serving = made;
      onNotice({ kind: 'built', path: made });
      return model;
    },
    async clean() {
      const replaced = (await readModelFiles(dir)).filter((path) => path !== this.serving);
      await Promise.all(replaced.map(removeReadModel));
    },
  };
}

/** A read model over the file, or why it cannot be one. Throws where the file cannot be used at the moment. */
async function openOver(
  path: string,
  projections: readonly Projection[],
  store: EventStore,
): Promise<SqliteReadModel | string> {
  const [{ id }, { position }] = [await store.identity(), await store.head()];
  let db: ReturnType<typeof openDatabase> | undefined;
  try {
    db = openDatabase(path);
    const model = SqliteReadModel.over(db, projections);
    if (
      readMeta(db, 'log') === id &&
      model.position <= position &&
      readMeta(db, 'measures') === measuresOf(projections)
    ) {
      const [check] = Object.values(db.prepare('pragma quick_check(1)').get() as object);
      if (check === 'ok') return model;
    }
    closeDatabase(db);
    return 'It is damaged, of another log, or ahead of its log.';
  } catch (error) {
    if (db) closeDatabase(db);
    if (!isUnfit(error)) throw error;
    return String(error);
  }
}
