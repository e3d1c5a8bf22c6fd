/** The contract as text. */
import { lexicographicSortSchema, printSchema } from 'graphql';
import { eventJsonSchema } from './derive/json-schema.ts';
import { buildXiangyueSchema } from './schema.ts';

/** Texts of schema/, by file name: equal on every machine. */
export function contractFiles(): Readonly<Record<'schema.graphql' | 'events.schema.json', string>> {
  const sdl = printSchema(lexicographicSortSchema(buildXiangyueSchema()));
  return {
    'schema.graphql': `# Emitted by \`npm run schema\`; never edited by hand.\n\n${sdl}\n`,
    'events.schema.json': `${JSON.stringify(eventJsonSchema(), null, 2)}\n`,
  };
}
