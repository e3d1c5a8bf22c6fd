/** The last step of the build: puts GraphiQL's files beside the program, so that an installed server has them without the
 *  packages they come from. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import { graphiqlAssets } from './graphiql-assets.ts';

const folder = join(packageRoot, 'dist', 'graphiql');
mkdirSync(folder, { recursive: true });
for (const { name, source } of graphiqlAssets) copyFileSync(source(), join(folder, name));
