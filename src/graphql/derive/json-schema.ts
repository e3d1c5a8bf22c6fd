/** JSON Schema of every event as the log stores it: the promise that stored shapes only ever gain optional fields. */
import { z } from 'zod';
import { eventCatalogue } from '../../domain/index.ts';
import { terms } from '../../domain/vocabulary.ts';

/** The schema of a stored event: one definition a type, told apart by `type`. */
export function eventJsonSchema(): object {
  const names = [...eventCatalogue.keys()].sort();
  const definitions = Object.fromEntries(names.map((name) => [name, eventSchema(name)]));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Events of Xiangyue',
    description: 'An event as the log stores it: its type, the version of its payload, and the payload.',
    oneOf: names.map((name) => ({ $ref: `#/$defs/${name}` })),
    $defs: definitions,
  };
}

function eventSchema(name: string): object {
  const definition = eventCatalogue.get(name);
  if (!definition) throw new Error(`the catalogue has ${name}`);
  const { $schema: _, ...data } = z.toJSONSchema(definition.schema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const term = terms.get(zodSchema as unknown as z.ZodType);
      if (term) jsonSchema.description ??= term.description;
    },
  });
  return {
    type: 'object',
    description: definition.description,
    properties: { type: { const: name }, schemaVersion: { const: definition.version }, data },
    required: ['type', 'schemaVersion', 'data'],
  };
}
