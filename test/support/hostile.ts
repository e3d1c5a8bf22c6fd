/** Requests that would cost a server far more than they cost their sender, and what each is refused with. */

export interface Hostile {
  readonly name: string;
  /** Code of the refusal; null where there is nothing to refuse, since it costs nothing. */
  readonly code: string | null;
  /** Limit that is named, where one is. */
  readonly limit?: string;
  readonly body: string | Buffer;
}

const query = (text: string, variables?: unknown): string => JSON.stringify({ query: text, variables });
const many = (count: number, piece: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => piece(at)).join(' ');
const nested = (levels: number, open: string, inside: string, close: string): string =>
  open.repeat(levels) + inside + close.repeat(levels);
const limited = (name: string, limit: string, body: string | Buffer): Hostile => ({
  name,
  code: 'E_LIMIT',
  limit,
  body,
});
const refused = (name: string, code: string, body: string | Buffer): Hostile => ({ name, code, body });
const invalid = (name: string, text: string) => refused(name, 'GRAPHQL_VALIDATION_FAILED', query(text));
const badInput = (name: string, text: string, variables?: unknown) =>
  refused(name, 'BAD_USER_INPUT', query(text, variables));

const bodies: readonly Hostile[] = [
  limited('a huge body', 'bodyBytesMax', query(`{ __typename } # ${'x'.repeat(3_000_000)}`)),
  limited('JSON of 45,000 levels', 'jsonDepthMax', nested(45_000, '[', '', ']')),
  limited('JSON of 45,000 objects', 'jsonDepthMax', nested(45_000, '{"a":', '1', '}')),
  limited(
    'variables of 45,000 levels',
    'jsonDepthMax',
    `{"query":"{ __typename }","variables":{"a":${nested(45_000, '[', '', ']')}}}`,
  ),
  limited('45,000 levels that are never closed', 'jsonDepthMax', '['.repeat(45_000)),
  refused(
    'bytes that are no UTF-8',
    'BAD_REQUEST',
    Buffer.from([...Buffer.from('{"query":"{ __typename } # '), 0xc3, 0x28]),
  ),
  refused('a key twice', 'BAD_REQUEST', '{"query":"{ __typename }","query":"mutation { x }"}'),
  refused(
    'half a character',
    'BAD_USER_INPUT',
    '{"query":"query($c: ID) { village(id: $c) { id } }","variables":{"c":"\\ud800"}}',
  ),
  refused(
    'a number beyond a double',
    'BAD_USER_INPUT',
    '{"query":"query($n: Int) { villages(first: $n) { totalCount } }","variables":{"n":1e999}}',
  ),
  refused(
    'NUL',
    'BAD_USER_INPUT',
    '{"query":"query($c: ID) { village(id: $c) { id } }","variables":{"c":"a\\u0000b"}}',
  ),
  refused('a batch', 'BAD_REQUEST', `[${Array(1_000).fill(query('{ __typename }')).join(',')}]`),
  limited(
    '50,000 keys of one object',
    'jsonKeysMax',
    `{"query":"{ x }",${Array.from({ length: 50_000 }, (_, at) => `"k${at}":0`).join(',')}}`,
  ),
  {
    name: 'a key that would be a prototype',
    code: null,
    body: '{"query":"{ __typename }","__proto__":{"query":"x"},"constructor":{"prototype":1}}',
  },
];

const shapes: readonly Hostile[] = [
  limited('a deep query', 'depthMax', query(`{ division(code: "44") { ${nested(20, 'children { ', 'code', ' }')} } }`)),
  limited('a deep query by inline fragments', 'depthMax', query(nested(5_000, '{ ... ', '{ __typename }', ' }'))),
  {
    name: 'a deep query by fewer inline fragments',
    code: null,
    body: query(nested(1_200, '{ ... ', '{ __typename }', ' }')),
  },
  limited(
    'a deep query by fragments',
    'depthMax',
    query(
      `{ division(code: "44") { ...f0 } } ${many(30, (at) => `fragment f${at} on Division { children { ...f${at + 1} } }`)} fragment f30 on Division { code }`,
    ),
  ),
  limited(
    'a wide query',
    'costNodesMax',
    query('{ villages(first: 500) { nodes { township { villages(first: 500) { nodes { id } } } } } }'),
  ),
  limited(
    'a wide query by lists',
    'costNodesMax',
    query(`{ divisions(level: TOWNSHIP) { ${nested(8, 'children { ', 'code', ' }')} } }`),
  ),
  limited(
    'a query fanned out by fragments',
    'costNodesMax',
    query(
      `{ division(code: "44") { ...f0 } } ${many(9, (at) => `fragment f${at} on Division { children { ...f${at + 1} a: code ...f${at + 1} } }`)} fragment f9 on Division { code }`,
    ),
  ),
  limited('aliases', 'aliasesMax', query(`{ ${many(1_000, (at) => `a${at}: __typename`)} }`)),
  limited('10,000 directives', 'tokensMax', query(`{ __typename ${'@a '.repeat(10_000)}}`)),
  limited('65 directives', 'directivesMax', query(`{ __typename ${'@include(if: true) '.repeat(65)}}`)),
  limited('a page beyond what there is', 'pageNodesMax', query('{ villages(first: 501) { totalCount } }')),
  limited(
    'a page in a variable',
    'pageNodesMax',
    query('query($n: Int) { villages(first: $n) { totalCount } }', { n: 2_147_483_647 }),
  ),
  badInput('a page beyond an Int', '{ villages(first: 99999999999999999999999) { totalCount } }'),
  badInput('a page of 10,000 digits', `{ villages(first: ${'9'.repeat(10_000)}) { totalCount } }`),
  badInput('a page below nothing', '{ villages(first: -2147483648) { totalCount } }'),
  invalid(
    'fragments in a circle',
    '{ division(code: "44") { ...a } } fragment a on Division { ...b } fragment b on Division { parent { ...a } }',
  ),
  invalid('a fragment of itself', '{ ...a } fragment a on Query { ...a }'),
  limited('a gigantic name', 'documentCharsMax', query(`{ ${'x'.repeat(900_000)} }`)),
  limited('a gigantic argument', 'documentCharsMax', query(`{ village(${'x'.repeat(900_000)}: 1) { id } }`)),
  invalid('1,000 unknown fields', `{ ${many(1_000, (at) => `vilage${at}`)} }`),
  invalid('900 variables', `query(${many(900, (at) => `$v${at}: ID`)}) { __typename }`),
  refused(
    '900 variables of one name',
    'GRAPHQL_VALIDATION_FAILED',
    query(`query(${many(900, () => '$v: ID')}) { __typename }`),
  ),
  refused('brackets alone', 'GRAPHQL_PARSE_FAILED', query('{'.repeat(3_000))),
  refused(
    'a type of 3,000 lists',
    'GRAPHQL_VALIDATION_FAILED',
    query(`query($v: ${nested(1_900, '[', 'Nothing', ']')}) { __typename }`),
  ),
  refused('a string that does not end', 'GRAPHQL_PARSE_FAILED', query(`{ village(id: "${'\\\\'.repeat(40_000)}`)),
  limited('a name of 100,000 characters', 'documentCharsMax', query(`{ ${'x'.repeat(99_997)} }`)),
  invalid('a name of 99,990 characters', `{ ${'x'.repeat(99_990)} }`),
  limited('nothing but comments', 'documentCharsMax', query('#\n'.repeat(300_000))),
  refused('300 operations of one name', 'GRAPHQL_VALIDATION_FAILED', query(many(300, () => 'query A { __typename }'))),
];

const inputs: readonly Hostile[] = [
  badInput(
    'a filter of 1,000 levels in the text',
    `{ villages(where: ${nested(600, '{ and: [', '{ name: "a" }', '] }')}) { totalCount } }`,
  ),
  badInput('a filter of 14 levels in variables', 'query($w: VillageFilter) { villages(where: $w) { totalCount } }', {
    w: JSON.parse(nested(14, '{"and":[', '{"name":"a"}', ']}')),
  }),
  limited(
    'a list of 100,000 in variables',
    'variableItemsMax',
    query('query($w: VillageFilter) { villages(where: $w) { totalCount } }', {
      w: { county: Array(30_000).fill('44') },
    }),
  ),
  limited(
    'variables of a megabyte',
    'variablesCharsMax',
    query('query($s: String) { villages(search: $s) { totalCount } }', { s: 'x'.repeat(900_000) }),
  ),
  badInput('a cursor of 100,000 characters', 'query($c: String) { villages(after: $c) { totalCount } }', {
    c: 'A'.repeat(100_000),
  }),
  badInput('a code of 100,000 digits', 'query($c: StatisticalCode) { village(code: $c) { id } }', {
    c: '4'.repeat(100_000),
  }),
  badInput('a day that is none', '{ at(effectiveOn: "2021-02-30") { village(code: "440118102243") { id } } }'),
  badInput('24 o’clock', '{ at(knownAt: "2021-02-03T24:00:00Z") { village(code: "440118102243") { id } } }'),
];

const baits = [
  '(a+)+$',
  '((((((((((a*)*)*)*)*)*)*)*)*)*)*b',
  '[',
  '%'.repeat(200),
  `${'a'.repeat(20_000)}!`,
  '" OR 1=1 --',
  'NEAR(a b, 10) AND *',
  '\\',
  `x'; drop table villages; --`,
  '\u200b'.repeat(5_000),
];
const searches: readonly Hostile[] = baits.map((search, at) => ({
  name: `bait in a search, ${at + 1}`,
  code: null,
  body: query('query($s: String) { villages(search: $s) { totalCount } }', { s: search }),
}));

const lists = 'fields(includeDeprecated: true) { name args { name type { name } } }';
const introspection: readonly Hostile[] = [
  invalid('introspection in a circle', `{ __schema { types { ${nested(6, 'fields { type { ', 'name', ' } }')} } } }`),
  limited(
    'introspection without end',
    'introspectionDepthMax',
    query(`{ __type(name: "Village") { ${nested(900, 'ofType { ', 'name', ' }')} } }`),
  ),
  limited(
    'introspection many times over',
    'introspectionListsMax',
    query(`{ __schema { types { ${many(50, (at) => `f${at}: ${lists}`)} } } }`),
  ),
  limited(
    'introspection many times over by fragments',
    'introspectionListsMax',
    query(`{ ${many(30, (at) => `s${at}: __schema { ...s }`)} } fragment s on __Schema { types { ${lists} } }`),
  ),
];

const duplicates: readonly Hostile[] = [
  limited('one field 3,900 times', 'repeatsMax', query(`{ ${'__typename '.repeat(3_900)} }`)),
  limited(
    'one field with fields 390 times',
    'repeatsMax',
    query(`{ ${'division(code: "44") { code } '.repeat(390)} }`),
  ),
  {
    name: 'one field in 200 fragments',
    code: null,
    body: query(
      `{ ${many(200, (at) => `...f${at}`)} } ${many(200, (at) => `fragment f${at} on Query { village(code: "440118102243") { id } }`)}`,
    ),
  },
  {
    name: 'one field in nested repetition',
    code: null,
    body: query(`{ ${many(20, () => `division(code: "44") { ${many(10, () => 'parent { parent { code } }')} }`)} }`),
  },
];

/** All of them. */
export const hostileRequests: readonly Hostile[] = [
  ...bodies,
  ...shapes,
  ...inputs,
  ...searches,
  ...introspection,
  ...duplicates,
];
