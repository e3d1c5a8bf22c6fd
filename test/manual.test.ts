import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandsPage, eventsPage, refusalsPage, testsOfRefusals } from '../docs/manual-pages.ts';
import { aggregates, commandCatalogue, eventCatalogue } from '../src/domain/index.ts';
import { refusalCatalogue } from '../src/domain/refusals.ts';
import { packageRoot } from '../src/package-root.ts';

const page = (name: string) => readFileSync(join(packageRoot, 'docs', name), 'utf8');

describe('the manual', () => {
  it.each([
    ['events.md', eventsPage],
    ['commands.md', commandsPage],
    ['refusals.md', refusalsPage],
  ])('says the same in docs/%s as the code', (name, make) => {
    expect(page(name), 'run `npm run docs`').toBe(make());
  });

  it('names every event and command in English and Chinese', () => {
    const unnamed = [
      ...eventCatalogue,
      ...[...commandCatalogue].map(([name, { definition }]) => [name, definition] as const),
    ]
      .filter(([, { zh }]) => !/\p{Script=Han}/u.test(zh))
      .map(([name]) => name);
    expect(unnamed).toEqual([]);
  });
});

describe('every refusal', () => {
  it('is shown by a test', () => {
    const shown = testsOfRefusals();
    expect([...refusalCatalogue.keys()].filter((name) => !shown.has(name))).toEqual([]);
  });

  it('cites its source and says what to do', () => {
    const silent = [...refusalCatalogue].filter(([, { when, source }]) => when.length < 10 || source.length < 3);
    expect(silent.map(([name]) => name)).toEqual([]);
  });
});

describe('every aggregate', () => {
  it('guards its commands', () => {
    expect(aggregates.filter(({ guard }) => guard === undefined).map(({ name }) => name)).toEqual([]);
  });
});
