/** The house rules. A finding says where and what to do; a rule that is wrong is changed here, with a decision record. */
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../src/package-root.ts';
import { barrels, deadExports, deadFiles, importCycles } from './support/tidy/imports.ts';
import { environment, machineTraces, purity, swallowedFailures } from './support/tidy/purity.ts';
import { importDirections } from './support/tidy/rooms.ts';
import { samples } from './support/tidy/samples.ts';
import { docComments, fileLengths, fileNames, folders, functionLengths, identifiers } from './support/tidy/shapes.ts';
import { assertions, leftOut, wallClocks } from './support/tidy/tests.ts';
import { type Rule, readTree, treeOf } from './support/tidy/tree.ts';

const rules: Readonly<Record<string, Rule>> = {
  importDirections,
  importCycles,
  deadFiles,
  deadExports,
  barrels,
  fileLengths,
  functionLengths,
  folders,
  fileNames,
  identifiers,
  docComments,
  purity,
  environment,
  swallowedFailures,
  machineTraces,
  assertions,
  leftOut,
  wallClocks,
};

const tree = readTree(packageRoot);

describe('the repository', () => {
  it('is read', () => {
    const paths = tree.modules.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['src/es/event.ts', 'test/tidy.test.ts']));
  });

  it.each(Object.keys(rules))('keeps %s', (name) => {
    expect(rules[name]?.(tree)).toEqual([]);
  });
});

describe('the rules', () => {
  it.each(samples.filter(({ at }) => at))('$rule refuses: $what', ({ rule, files, at }) => {
    expect(find(rule, files)).toEqual([at]);
  });

  it.each(samples.filter(({ at }) => !at))('$rule allows: $what', ({ rule, files }) => {
    expect(find(rule, files)).toEqual([]);
  });

  it('have a sample of either kind each', () => {
    const shown = (refused: boolean) => samples.filter(({ at }) => Boolean(at) === refused).map(({ rule }) => rule);
    const named = Object.keys(rules);
    expect(named.filter((rule) => !shown(true).includes(rule) || !shown(false).includes(rule))).toEqual([]);
  });
});

/** Where the rule finds something in a tree of these files. */
function find(rule: string, files: Readonly<Record<string, string>>): (string | undefined)[] | undefined {
  const sample = treeOf(Object.entries(files).map(([path, text]) => ({ path, text })));
  return rules[rule]?.(sample).map((found) => found.split(' ')[0]);
}
