import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../src/graphql/limits.ts';
import { packageRoot } from '../src/package-root.ts';

const page = readFileSync(join(packageRoot, 'docs', 'security.md'), 'utf8');
const config = readFileSync(join(packageRoot, 'src', 'config.ts'), 'utf8');

/** Rows of the table of limits: name, default, what, variable, test. */
const rows = [...page.matchAll(/^\| `(\w+)` \| ([\d,]+) \| ([^|]+) \| (?:`(\w+)`)? ?\| `([^`|]+)` \|$/gm)];

describe('docs/security.md', () => {
  it('names every limit once, with its default', () => {
    const told = rows.map(([, name, value = '']) => [name, Number(value.replaceAll(',', ''))]);
    const byName = (a: unknown[], b: unknown[]) => String(a[0]).localeCompare(String(b[0]));
    expect(told.sort(byName)).toEqual(Object.entries(defaultLimits).sort(byName));
  });

  it.each(rows.map(([, name, , , variable, test = '']) => [name, test, variable]))(
    'names for %s a test and a variable that are there: %s',
    (_, test, variable) => {
      expect(existsSync(join(packageRoot, test as string))).toBe(true);
      if (variable) expect(config).toContain(`  ${variable}:`);
    },
  );
});
