/** A place kept in a file of its own, for Node. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Checkpoint, Place } from './place.ts';

/** Keeps the place as JSON in a file, put in place whole. A consumer that ends between an event and its place sees that event again. */
export function fileCheckpoint(path: string): Checkpoint {
  return {
    async load() {
      try {
        return placeOf(await readFile(path, 'utf8'), path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    async save(place) {
      await writeFile(`${path}.new`, `${JSON.stringify(place)}\n`);
      await rename(`${path}.new`, path);
    },
  };
}

function placeOf(text: string, path: string): Place {
  const { position, log } = JSON.parse(text) as Partial<Place>;
  if (typeof position !== 'string' || !/^\d{1,18}$/.test(position)) throw new Error(`${path} holds no place of a log.`);
  return { position, log: typeof log === 'string' ? log : null };
}
