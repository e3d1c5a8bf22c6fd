/** How a rebuild's workers open a log of hamlets: a module as the server would name its own. */
import type { Projection } from '../../src/es/projection.ts';
import type { OpenSource } from '../../src/readmodel/source.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { hamlets } from './hamlets.ts';

export async function openSource({ dir }: { dir: string }): Promise<OpenSource> {
  const store = openSqliteStore({ dir, mode: 'read', now: () => 0, newId: () => '' });
  return { store, projections: [hamlets as unknown as Projection] };
}
