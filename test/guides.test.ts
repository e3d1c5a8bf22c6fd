import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../src/package-root.ts';
import { serve } from './support/served.ts';
import { tempFolder } from './support/temp-folder.ts';
import { tokenFor } from './support/token-for.ts';

const folder = join(packageRoot, 'docs', 'guides');
const guides = readdirSync(folder).filter((name) => name.endsWith('.md'));

/** Operations of a guide in their order, with the error code that one is shown to be refused with. */
function operationsOf(name: string): { readonly query: string; readonly refusal: string | undefined }[] {
  const text = readFileSync(join(folder, name), 'utf8');
  return [...text.matchAll(/```graphql ?(\w+)?\n([\s\S]*?)```/g)].map(([, refusal, query = '']) => ({
    query,
    refusal,
  }));
}

async function send(
  url: string,
  query: string,
  token: string,
): Promise<{ data?: unknown; errors?: { extensions: { code: string } }[] }> {
  const isMutation = query.startsWith('mutation');
  const headers = { 'content-type': 'application/json', ...(isMutation && { authorization: `Bearer ${token}` }) };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return (await response.json()) as { data?: unknown };
}

describe('the guides', () => {
  it('are five, one for each kind of user', () => {
    expect(guides.sort()).toEqual(['analyst.md', 'auditor.md', 'clerk.md', 'frontend.md', 'operator.md']);
  });

  it('show operations that a server on the real roster answers as they say', { timeout: 400_000 }, async () => {
    const dir = tempFolder();
    // The token of the clerks' guide: it reaches no further than its town.
    const token = await tokenFor(dir, 'clerk', '440118102');
    const { url } = await serve(dir);
    for (const name of guides) {
      const operations = operationsOf(name);
      expect(operations.length, name).toBeGreaterThan(0);
      for (const { query, refusal } of operations) {
        const { errors = [] } = await send(url, query, token);
        expect(
          errors.map(({ extensions }) => extensions.code),
          `${name}: ${query} ${JSON.stringify(errors)}`,
        ).toEqual(refusal === undefined ? [] : [refusal]);
      }
    }
  });
});
