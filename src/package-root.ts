/** Where the package lies on disk: the same from `src/*.ts` under tsx and from `dist/src/*.js` as installed. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { invariant } from './es/errors.ts';

/** The nearest folder at or above this file that holds a package.json: `data/` and `schema/` lie in it. */
export const packageRoot: string = nearest(dirname(fileURLToPath(import.meta.url)));

function nearest(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const above = dirname(folder);
  invariant(above !== folder, 'a package.json lies above the program');
  return nearest(above);
}
