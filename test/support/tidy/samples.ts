/** Small trees that break one rule each, and ones that look like it and do not: they show that the rules can fail. */

export interface Sample {
  readonly rule: string;
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  /** Where the finding is, `file:line`; none where the sample is sound. */
  readonly at?: string;
}

const lines = (count: number, line = '// .'): string => `${line}\n`.repeat(count);
const machine = (...parts: string[]): string => `/${parts.join('/')}`;
const test = (body: string): string => `import { expect, it } from 'vitest';\n${body}\n`;

export const samples: readonly Sample[] = [
  // importDirections
  bad(
    'importDirections',
    'domain reads a store',
    { 'src/domain/a.ts': "import '../store/memory.ts';" },
    'src/domain/a.ts:1',
  ),
  bad(
    'importDirections',
    'a type crosses too',
    { 'src/es/a.ts': "\nimport type { A } from '../domain/a.ts';" },
    'src/es/a.ts:2',
  ),
  bad('importDirections', 'the kernel takes a package', { 'src/es/a.ts': "import { z } from 'zod';" }, 'src/es/a.ts:1'),
  bad('importDirections', 'a decision does I/O', { 'src/domain/a.ts': "import 'node:fs';" }, 'src/domain/a.ts:1'),
  bad(
    'importDirections',
    'projections mingle',
    { 'projections/a.ts': "import './b.ts';", 'projections/index.ts': "import './a.ts';\nimport './b.ts';" },
    'projections/a.ts:1',
  ),
  bad(
    'importDirections',
    'an import by call',
    { 'src/graphql/a.ts': "await import('../store/a.ts');" },
    'src/graphql/a.ts:1',
  ),
  bad('importDirections', 'an unknown room', { 'src/stuff/a.ts': 'export {};' }, 'src/stuff/a.ts:1'),
  good('importDirections', 'the way down', {
    'src/domain/a.ts': "import { z } from 'zod';\nimport '../es/event.ts';",
    'projections/index.ts': "import './a.ts';\nimport '../src/es/projection.ts';",
    'projections/a.ts': "import './handlers.ts';\nimport '../src/es/projection.ts';",
    'src/main.ts': "import './store/memory.ts';",
  }),
  // importCycles
  bad('importCycles', 'three in a ring', ring('a', 'b', 'c'), 'src/es/a.ts:1'),
  good('importCycles', 'a diamond', {
    'src/es/a.ts': "import './b.ts';\nimport './c.ts';",
    'src/es/b.ts': "import './d.ts';",
    'src/es/c.ts': "import './d.ts';",
    'src/es/d.ts': '',
  }),
  // deadFiles
  bad('deadFiles', 'nobody imports it', { 'src/main.ts': '', 'src/es/a.ts': '' }, 'src/es/a.ts:1'),
  bad(
    'deadFiles',
    'only a test does',
    { 'src/es/a.ts': '', 'test/a.test.ts': "import '../src/es/a.ts';" },
    'src/es/a.ts:1',
  ),
  bad('deadFiles', 'support without a test', { 'test/support/a.ts': '' }, 'test/support/a.ts:1'),
  good('deadFiles', 'reached by a detour', {
    'src/main.ts': "import './es/a.ts';",
    'src/es/a.ts': "import './b.ts';",
    'src/es/b.ts': '',
  }),
  // deadExports
  bad('deadExports', 'a function of no use', { 'src/es/a.ts': 'export function a() {}' }, 'src/es/a.ts:1'),
  bad('deadExports', 'a constant of no use', { 'src/es/a.ts': '\nexport const a = 1;' }, 'src/es/a.ts:2'),
  good('deadExports', 'imported, renamed, whole, or a type', {
    'src/es/a.ts': 'export const a = 1;\nexport interface A {}',
    'src/es/b.ts': "import { a as b } from './a.ts';\nexport const c = b;",
    'src/es/d.ts': "import * as all from './b.ts';",
  }),
  // barrels
  bad(
    'barrels',
    'it only hands on',
    { 'src/es/a.ts': "export { a } from './b.ts';\nexport * from './c.ts';" },
    'src/es/a.ts:1',
  ),
  good('barrels', 'a list', { 'src/domain/index.ts': "import { a } from './a.ts';\nexport const all = [a];" }),
  // fileLengths
  bad('fileLengths', 'a long file', { 'src/es/a.ts': lines(301) }, 'src/es/a.ts:301'),
  bad('fileLengths', 'a long test', { 'test/a.test.ts': lines(401) }, 'test/a.test.ts:401'),
  good('fileLengths', 'just so', { 'src/es/a.ts': lines(300), 'test/a.test.ts': lines(400) }),
  // functionLengths
  bad('functionLengths', 'a long function', { 'src/es/a.ts': `\nfunction a() {\n${lines(69)}}` }, 'src/es/a.ts:2'),
  bad('functionLengths', 'a long method', { 'src/es/a.ts': `class A {\n  a() {\n${lines(69)}}\n}` }, 'src/es/a.ts:2'),
  bad('functionLengths', 'a long test', { 'test/a.test.ts': `it('is', () => {\n${lines(69)}});` }, 'test/a.test.ts:1'),
  good('functionLengths', 'just so, and a chapter', {
    'src/es/a.ts': `function a() {\n${lines(68)}}`,
    'test/a.test.ts': `describe('a', () => {\n${lines(100)}});`,
    'test/b-contract.ts': `function b() {\n  describe('b', () => {\n${lines(100)}});\n}`,
  }),
  // folders
  bad('folders', 'too deep', { 'src/a/b/c/d.ts': '' }, 'src/a/b/c/d.ts:1'),
  bad('folders', 'a vague folder', { 'src/utils/a.ts': '' }, 'src/utils/a.ts:1'),
  bad('folders', 'a vague file', { 'src/es/helpers.ts': '' }, 'src/es/helpers.ts:1'),
  good('folders', 'three deep', { 'src/graphql/derive/a.ts': '' }),
  // fileNames
  bad('fileNames', 'camel', { 'src/es/appendQueue.ts': '' }, 'src/es/appendQueue.ts:1'),
  good('fileNames', 'kebab', {
    'src/es/append-queue.ts': '',
    'test/es/append-queue.test.ts': '',
    'vitest.config.ts': '',
  }),
  // identifiers
  bad('identifiers', 'a Chinese name', { 'src/es/a.ts': 'const 村 = 1;' }, 'src/es/a.ts:1'),
  good('identifiers', 'Chinese data', { 'src/es/a.ts': "const suffixes = { 村: '村委会' }; // 村委会" }),
  // docComments
  bad('docComments', 'no word about it', { 'src/es/a.ts': 'export function a() {}' }, 'src/es/a.ts:1'),
  good('docComments', 'said or its own', { 'src/es/a.ts': '/** Does. */\nexport function a() {}\nfunction b() {}' }),
  // purity
  bad('purity', 'the time', { 'src/es/a.ts': 'const now = Date.now();' }, 'src/es/a.ts:1'),
  bad('purity', 'the date', { 'src/domain/a.ts': '\nconst now = new Date();' }, 'src/domain/a.ts:2'),
  bad('purity', 'chance', { 'projections/a.ts': 'const id = Math.random();' }, 'projections/a.ts:1'),
  bad('purity', 'an id', { 'src/roster/a.ts': 'const id = randomUUID();' }, 'src/roster/a.ts:1'),
  bad('purity', 'a timer', { 'src/es/a.ts': 'setTimeout(() => {}, 1);' }, 'src/es/a.ts:1'),
  good('purity', 'a given date, and a root', {
    'src/es/a.ts': "new Date('2020-01-01');",
    'src/main.ts': 'Date.now();',
  }),
  // environment
  bad('environment', 'a store configures itself', { 'src/store/a.ts': 'process.env.PORT;' }, 'src/store/a.ts:1'),
  bad('environment', 'by bracket', { 'src/store/a.ts': "process['env'];" }, 'src/store/a.ts:1'),
  good('environment', 'the one reader', { 'src/config.ts': 'process.env.PORT;', 'src/es/a.ts': 'const env = 1;' }),
  // swallowedFailures
  bad('swallowedFailures', 'an empty catch', { 'src/es/a.ts': 'try {\n} catch {\n}' }, 'src/es/a.ts:2'),
  bad('swallowedFailures', 'an empty handler', { 'src/es/a.ts': 'a.catch(() => {});' }, 'src/es/a.ts:1'),
  good('swallowedFailures', 'said or done', {
    'src/es/a.ts': 'try {\n} catch {\n  // It was gone already.\n}\na.catch(() => b());\na.catch(fail);',
  }),
  // machineTraces
  bad('machineTraces', 'a path', { 'README.md': `\nSee ${machine('work', 'main', 'a')}.` }, 'README.md:2'),
  bad('machineTraces', 'a home', { 'docs/a.md': machine('home', 'me') }, 'docs/a.md:1'),
  bad('machineTraces', 'a registry', { '.npmrc': ['registry', 'npmjs', 'org'].join('.') }, '.npmrc:1'),
  good('machineTraces', 'an address', { 'README.md': 'https://example.org/home/page ./work/x' }),
  // assertions
  bad('assertions', 'it only runs', { 'test/a.test.ts': test("\nit('is', () => { run(); });") }, 'test/a.test.ts:3'),
  bad(
    'assertions',
    'its checker checks nothing',
    {
      'test/a.test.ts': test("function holdsAll() { return 1; }\nit('is', () => { holdsAll(); });"),
    },
    'test/a.test.ts:3',
  ),
  bad('assertions', 'a file without a test', { 'test/a.test.ts': 'export {};' }, 'test/a.test.ts:1'),
  good('assertions', 'by itself, by property, by a checker', {
    'test/a.test.ts': test(
      "import { holdsAll } from './support/holds.ts';\nit('is', () => holdsAll());\nit.each([1])('one', (n) => expect(n));",
    ),
    'test/b.test.ts':
      "it('is', () => fc.assert(fc.property()));\nit('is', { timeout: 60_000 }, async () => { await expect(1).toBe(1); });",
    'test/support/holds.ts': 'export function holdsAll() { expect(1).toBe(1); }',
  }),
  // leftOut
  bad('leftOut', 'skipped', { 'test/a.test.ts': "it.skip('is', () => {});" }, 'test/a.test.ts:1'),
  bad('leftOut', 'alone', { 'test/a.test.ts': "\ndescribe.only('is', () => {});" }, 'test/a.test.ts:2'),
  bad('leftOut', 'one day', { 'test/a.test.ts': "test.todo('is');" }, 'test/a.test.ts:1'),
  bad('leftOut', 'under another name', { 'test/a.test.ts': "xit('is', () => {});" }, 'test/a.test.ts:1'),
  good('leftOut', 'another skip', { 'test/a.test.ts': 'page.skip(3);' }),
  // wallClocks
  bad('wallClocks', 'a stopwatch', { 'test/a.test.ts': 'const start = performance.now();' }, 'test/a.test.ts:1'),
  bad('wallClocks', 'a difference', { 'test/a.test.ts': 'expect(Date.now() - start);' }, 'test/a.test.ts:1'),
  bad('wallClocks', 'a deadline', { 'test/support/a.ts': '\nwhile (Date.now() < end) {}' }, 'test/support/a.ts:2'),
  bad('wallClocks', 'a short limit', { 'test/a.test.ts': "it('is', () => {}, 500);" }, 'test/a.test.ts:1'),
  bad(
    'wallClocks',
    'a short option',
    { 'test/a.test.ts': "it('is', { timeout: 9_999 }, () => {});" },
    'test/a.test.ts:1',
  ),
  bad('wallClocks', 'a second by default', { 'test/a.test.ts': 'await vi.waitFor(() => {});' }, 'test/a.test.ts:1'),
  good('wallClocks', 'room for any machine', {
    'test/a.test.ts':
      "it('is', { timeout: 120_000 }, () => {});\nvi.waitFor(() => {}, { timeout: 60_000 });\nconst at = Date.now();",
  }),
];

function bad(rule: string, what: string, files: Sample['files'], at: string): Sample {
  return { rule, what, files, at };
}

function good(rule: string, what: string, files: Sample['files']): Sample {
  return { rule, what, files };
}

function ring(...names: string[]): Sample['files'] {
  const next = (index: number) => names[(index + 1) % names.length];
  return Object.fromEntries(names.map((name, index) => [`src/es/${name}.ts`, `import './${next(index)}.ts';`]));
}
