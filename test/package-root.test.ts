import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../src/package-root.ts';

describe('packageRoot', () => {
  it('is the folder of package.json, data and schema', () => {
    expect(['package.json', 'data', 'src'].filter((name) => !existsSync(join(packageRoot, name)))).toEqual([]);
  });
});
