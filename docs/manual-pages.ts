/** docs/events.md, docs/commands.md and docs/refusals.md as the catalogue has them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GraphQLInputObjectType, type GraphQLObjectType, isInterfaceType } from 'graphql';
import { needsFourEyes } from '../src/domain/four-eyes.ts';
import { aggregates } from '../src/domain/index.ts';
import { refusalCatalogue } from '../src/domain/refusals.ts';
import type { CommandDefinition, EventDefinition } from '../src/domain/vocabulary.ts';
import { commandHeader } from '../src/graphql/derive/header.ts';
import { buildXiangyueSchema } from '../src/graphql/schema.ts';
import { packageRoot } from '../src/package-root.ts';

const written = 'Written by `npm run docs` from the catalogue in `src/domain`; a test holds it to the code.';
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

interface Described {
  readonly name: string;
  readonly type: { toString(): string };
  readonly description?: string | null;
}

const table = (fields: readonly Described[]): string =>
  fields.length === 0
    ? 'No fields of its own.\n'
    : `| field | type | meaning |\n| --- | --- | --- |\n${fields
        .map(
          ({ name, type, description }) => `| \`${name}\` | \`${cell(String(type))}\` | ${cell(description ?? '')} |\n`,
        )
        .join('')}`;

/** Every event: its names, its sentence and its own fields. */
export function eventsPage(): string {
  const schema = buildXiangyueSchema();
  const envelope = schema.getType('Event');
  const common = isInterfaceType(envelope) ? Object.values(envelope.getFields()) : [];
  const seen = new Set<string>();
  const chapters = aggregates.map(({ name, events }) => {
    const own = Object.entries(events as Record<string, EventDefinition>).filter(([type]) => !seen.has(type));
    for (const [type] of own) seen.add(type);
    const parts = own.map(([type, { zh, description, version }]) => {
      const fields = Object.values((schema.getType(type) as GraphQLObjectType).getFields());
      const said = fields.filter((field) => !common.some((each) => each.name === field.name));
      return `### ${type} ${zh}\n\n${description}${version > 1 ? ` Version ${version}.` : ''}\n\n${table(said)}`;
    });
    return `## Stream \`${name}-…\`\n\n${parts.join('\n')}`;
  });
  return `# Events\n\n${written} Every event also has these:\n\n${table(common)}\n${chapters.join('\n')}`;
}

/** Every command: its names, what it asks for, and what its aggregate refuses. */
export function commandsPage(): string {
  const schema = buildXiangyueSchema();
  const mutations = schema.getMutationType()?.getFields() ?? {};
  const inputOf = (name: string) => schema.getType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Input`);
  const header = Object.values((inputOf('renameVillage') as GraphQLInputObjectType).getFields()).filter(
    ({ name }) => name in commandHeader,
  );
  const chapters = aggregates.map(({ name: aggregate, commands }) => {
    const parts = Object.entries(commands as Record<string, CommandDefinition>)
      .filter(([name]) => name in mutations)
      .map(([name, { zh, description }]) => {
        const fields = Object.values((inputOf(name) as GraphQLInputObjectType).getFields());
        return `### ${name} ${zh}\n\n${description}${needsFourEyes(name) ? twoPersons(name) : ''}\n\n${table(fields.filter((field) => !(field.name in commandHeader)))}`;
      });
    return parts.length === 0 ? '' : `## ${aggregate}\n\n${parts.join('\n')}\n${refusalsOf(aggregate)}`;
  });
  return `# Commands\n\n${written} Each is a mutation over GraphQL. Every command also takes these:\n\n${table(header)}\n${refusalsOf('act', 'Refusals that all acts of the systems share')}\n${chapters.filter(Boolean).join('\n')}`;
}

const twoPersons = (name: string): string =>
  ` It takes two persons: send \`propose${name.charAt(0).toUpperCase()}${name.slice(1)}\` with this input, and let another \`approve\` it.`;

function refusalsOf(aggregate: string, title = 'What it refuses'): string {
  const own = [...refusalCatalogue].filter(([name]) => name.startsWith(`${aggregate}.`));
  if (own.length === 0) return '';
  const rows = own.map(
    ([name, { code, when, source }]) => `| \`${name}\` | \`${code}\` | ${cell(when)} | ${cell(source)} |\n`,
  );
  return `#### ${title}\n\n| refusal | code | when | source |\n| --- | --- | --- | --- |\n${rows.join('')}`;
}

/** Every refusal with the tests that show it. */
export function refusalsPage(): string {
  const shown = testsOfRefusals();
  const rows = [...refusalCatalogue]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { code, when, remedy }]) => {
      const files = (shown.get(name) ?? []).map((file) => `\`${file}\``).join(', ');
      return `| \`${name}\` | \`${code}\` | ${cell(when)} | ${cell(remedy ?? 'as the code says')} | ${files || '**none**'} |\n`;
    });
  return `# Refusals\n\n${written} \`extensions.refusal\` of an error is its name here; a refusal without a test fails the tests.\n\n| refusal | code | when | what to do | test |\n| --- | --- | --- | --- | --- |\n${rows.join('')}`;
}

/** Test files by the refusals that they name in quotes. */
export function testsOfRefusals(): ReadonlyMap<string, readonly string[]> {
  const folders = ['test/domain', 'test/graphql'];
  const found = new Map<string, string[]>();
  for (const folder of folders) {
    for (const file of readdirSync(join(packageRoot, folder))
      .filter((name) => name.endsWith('.test.ts'))
      .sort()) {
      const text = readFileSync(join(packageRoot, folder, file), 'utf8');
      for (const [, name = ''] of text.matchAll(/'([a-z]+\.[A-Z_]+)'/g)) {
        if (!refusalCatalogue.has(name)) continue;
        const files = found.get(name) ?? [];
        if (!files.includes(`${folder}/${file}`)) found.set(name, [...files, `${folder}/${file}`]);
      }
    }
  }
  return found;
}
