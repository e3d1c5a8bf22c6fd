import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  validate,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { describe, expect, it } from 'vitest';
import { needsFourEyes } from '../../src/domain/four-eyes.ts';
import { commandCatalogue, eventCatalogue } from '../../src/domain/index.ts';
import { contractFiles } from '../../src/graphql/contract-files.ts';
import { buildXiangyueSchema } from '../../src/graphql/schema.ts';
import { packageRoot } from '../../src/package-root.ts';

const schema = buildXiangyueSchema();
const folder = join(packageRoot, 'schema');
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

/** Everything of a type that a reader meets, as [path, description]. */
function described(type: GraphQLNamedType): [string, string | null | undefined][] {
  const own: [string, string | null | undefined] = [type.name, type.description];
  if (isEnumType(type))
    return [
      own,
      ...type.getValues().map((value) => [`${type.name}.${value.name}`, value.description] as [string, string]),
    ];
  if (isInputObjectType(type)) {
    return [
      own,
      ...Object.values(type.getFields()).map(
        (field) => [`${type.name}.${field.name}`, field.description] as [string, string],
      ),
    ];
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [own];
  return [
    own,
    ...Object.values(type.getFields()).flatMap((field) => [
      [`${type.name}.${field.name}`, field.description] as [string, string],
      ...field.args.map((arg) => [`${type.name}.${field.name}(${arg.name})`, arg.description] as [string, string]),
    ]),
  ];
}

describe('the schema', () => {
  it('says of every type, field, argument and value what it is', () => {
    const all = types.flatMap(described);
    expect(all.length).toBeGreaterThan(1_000);
    expect(all.filter(([, description]) => !description?.trim()).map(([path]) => path)).toEqual([]);
  });

  it('is the one of the process', () => {
    expect(buildXiangyueSchema()).toBe(schema);
  });

  it('has a type for each event and a mutation for each command but those of imports', () => {
    const internal = [
      ...['startRosterImport', 'completeRosterImport', 'raiseIdentityReview'],
      ...['proposeAct', 'carryOut', 'fail'],
    ];
    // Not of the log, or with an input of their own.
    const beside = /ApiKey$|Webhook/;
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
    const commands = [...commandCatalogue.keys(), 'voidEvent'].filter((name) => !internal.includes(name));
    const proposing = commands
      .filter(needsFourEyes)
      .map((name) => `propose${name.charAt(0).toUpperCase()}${name.slice(1)}`);
    const derived = mutations.filter((name) => !beside.test(name));
    expect(derived.toSorted()).toEqual([...commands, ...proposing].toSorted());
    for (const name of eventCatalogue.keys()) expect(schema.getType(name)?.description).toBeTruthy();
  });

  it('gives every mutation a nullable payload', () => {
    const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
    expect(fields.filter(({ type }) => String(type).endsWith('!')).map(({ name }) => name)).toEqual([]);
    expect(fields.every(({ description }) => description)).toBe(true);
  });

  it.each(Object.entries(contractFiles()))('is committed as schema/%s', (name, text) => {
    expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
  });
});

describe('the JSON Schema of events', () => {
  it('defines every type that the log may hold', () => {
    const { $defs, oneOf } = JSON.parse(contractFiles()['events.schema.json']);
    expect(Object.keys($defs)).toEqual([...eventCatalogue.keys()].toSorted());
    expect(oneOf).toHaveLength(eventCatalogue.size);
    expect($defs.VillageRenamed.properties.data).toMatchObject({
      additionalProperties: false,
      required: ['oldName', 'newName', 'newShortName'],
    });
  });
});

describe('the example operations', () => {
  const names = readdirSync(join(folder, 'operations')).filter((name) => name.endsWith('.graphql'));

  it('are there', () => {
    expect(names.length).toBeGreaterThanOrEqual(7);
  });

  it.each(names)('%s is valid and compiles', (name) => {
    const document = parse(readFileSync(join(folder, 'operations', name), 'utf8'));
    expect(validate(schema, document)).toEqual([]);
    expect(isCompiledQuery(compileQuery(schema, document))).toBe(true);
  });
});
