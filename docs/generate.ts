/** Writes the pages that are derived from the code. */
import { writeFileSync } from 'node:fs';
import { errorsPage } from './errors-page.ts';

writeFileSync(new URL('errors.md', import.meta.url), errorsPage());
