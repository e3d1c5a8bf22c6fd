/** Writes the contract into schema/: the SDL and the JSON Schema of every event. With --check it writes nothing, and exits 1
 *  where what is committed is not what the program says. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import { contractFiles } from './contract-files.ts';

const folder = join(packageRoot, 'schema');
const check = process.argv.includes('--check');
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(contractFiles())) {
  const path = join(folder, name);
  if (!check) writeFileSync(path, text);
  else if (read(path) !== text) {
    process.exitCode = 1;
    process.stderr.write(`schema/${name} is not what the program says: run \`npm run schema\` and commit it.\n`);
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A file that is not there differs like any other.
    return null;
  }
}
