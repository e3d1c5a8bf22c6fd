/** How a rebuild's workers open a log of hamlets: a module as the server would name its own. */
import type { Projection } from '../../src/es/projection.ts';
import type { OpenSource, RebuildSource } from '../../src/readmodel/source.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { hamlets } from './hamlets.ts';

export const hamletSource = (dir: string): RebuildSource => ({ module: import.meta.url, options: { dir } });

export async function openSource({ dir }: { dir: string }): Promise<OpenSource> {
  const store = openSqliteStore({ dir, mode: 'read', now: () => 0, newId: () => '' });
  return { store, projections: [hamlets as unknown as Projection] };
}
