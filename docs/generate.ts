/** Writes the pages that are derived from the code. */
import { writeFileSync } from 'node:fs';
import { errorsPage } from './errors-page.ts';
import { commandsPage, eventsPage, refusalsPage } from './manual-pages.ts';

const write = (name: string, text: string) => writeFileSync(new URL(name, import.meta.url), text);

write('errors.md', errorsPage());
write('events.md', eventsPage());
write('commands.md', commandsPage());
write('refusals.md', refusalsPage());
