import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildXiangyueSchema } from '../../src/graphql/schema.ts';
import { packageRoot } from '../../src/package-root.ts';
import { post, type SmallServer, startSmallServer } from '../support/small-server.ts';

const text = 'query Named($first: Int = 3) { hamlets(first: $first) { totalCount } }\nquery Other { position }\n';
const write = 'mutation { note(text: "kept") }';
const sha256 = (query: string) => createHash('sha256').update(query).digest('hex');
const start = () => startSmallServer({ documents: [text, write] });
const send = (server: SmallServer, body: object) => post(server, JSON.stringify(body));
const codeOf = ({ body }: Awaited<ReturnType<typeof send>>) => body.errors?.[0]?.extensions.code;
const automatic = (hash: string) => ({ persistedQuery: { version: 1, sha256Hash: hash } });

describe('a persisted document', () => {
  it('runs by its id, with operationName and variables', async () => {
    const server = await start();
    const documentId = `sha256:${sha256(text)}`;
    expect((await send(server, { documentId, operationName: 'Named', variables: { first: 1 } })).body.data).toEqual({
      hamlets: { totalCount: 0 },
    });
    expect((await send(server, { documentId, operationName: 'Other' })).body.data).toEqual({ position: '0' });
    expect(codeOf(await send(server, { documentId }))).toBe('OPERATION_RESOLUTION_FAILURE');
  });

  it('runs by GET, and its answer is cached as that to its text', async () => {
    const server = await start();
    const url = `${server.url}/graphql?documentId=sha256:${sha256(text)}&operationName=Named`;
    const [first, again] = [await fetch(url), await fetch(url)];
    expect([first.status, first.headers.get('x-cache'), again.headers.get('x-cache')]).toEqual([200, 'miss', 'hit']);
    expect(await again.json()).toMatchObject({ data: { hamlets: { totalCount: 0 } } });
    expect((await send(server, { query: text, operationName: 'Named' })).headers.get('x-cache')).toBe('hit');
  });

  it('changes nothing by GET, and what it may by POST', async () => {
    const server = await start();
    const documentId = `sha256:${sha256(write)}`;
    expect((await fetch(`${server.url}/graphql?documentId=${documentId}`)).status).toBe(405);
    expect((await send(server, { documentId })).body.data).toEqual({ note: 'kept' });
  });

  it('runs by the hash of automatic persisted queries', async () => {
    const server = await start();
    const extensions = automatic(sha256(text));
    expect((await send(server, { extensions, operationName: 'Other' })).body.data).toEqual({ position: '0' });
    const params = new URLSearchParams({ extensions: JSON.stringify(extensions), operationName: 'Other' });
    expect(await (await fetch(`${server.url}/graphql?${params}`)).json()).toMatchObject({ data: { position: '0' } });
  });

  it('is found where it was put by the server alone: a hash that comes with a text is not kept', async () => {
    const server = await start();
    const query = '{ position }';
    const extensions = automatic(sha256(query));
    const unknown = await send(server, { extensions });
    expect([unknown.status, codeOf(unknown)]).toEqual([400, 'PERSISTED_QUERY_NOT_FOUND']);
    expect(unknown.body.errors?.map(({ message }) => message)).toEqual(['PersistedQueryNotFound']);
    expect((await send(server, { query, extensions })).body.data).toEqual({ position: '0' });
    expect(codeOf(await send(server, { extensions }))).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it.each([
    ['a hash that is not the one of the text', { query: '{ position }', extensions: automatic(sha256(text)) }],
    ['a text beside its id', { query: text, documentId: `sha256:${sha256(text)}` }],
    ['an id that is no text', { documentId: 1 }],
    ['a hash that is none', { extensions: automatic('00') }],
    ['another version', { extensions: { persistedQuery: { version: 2, sha256Hash: sha256(text) } } }],
    ['no hash', { extensions: { persistedQuery: null } }],
  ])('is not %s', async (_, body) => {
    expect(codeOf(await send(await start(), body))).toBe('BAD_REQUEST');
  });

  it.each([`sha256:${'0'.repeat(64)}`, 'x-own:1', 'custom', `sha256:${sha256(text).toUpperCase()}`])(
    'is not found under %s',
    async (documentId) => {
      expect(codeOf(await send(await start(), { documentId }))).toBe('PERSISTED_QUERY_NOT_FOUND');
    },
  );

  it('is listed with its text', async () => {
    const server = await start();
    const { documents } = (await (await fetch(`${server.url}/graphql/documents`)).json()) as {
      documents: { documentId: string; query: string }[];
    };
    expect(documents).toEqual([text, write].map((query) => ({ documentId: `sha256:${sha256(query)}`, query })));
  });
});

describe('the operations that come with the program', () => {
  const folder = join(packageRoot, 'schema', 'operations');
  const names = readdirSync(folder).filter((name) => name.endsWith('.graphql'));

  it.each(names)('fit the schema: %s', (name) => {
    const document = parse(readFileSync(join(folder, name), 'utf8'));
    expect(validate(buildXiangyueSchema(), document)).toEqual([]);
  });
});
