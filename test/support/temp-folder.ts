import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty folder of the test that asks for it: gone when that test has finished. */
export function tempFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'xiangyue-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
