import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../src/package-root.ts';
import { serve } from './support/served.ts';
import { tempFolder } from './support/temp-folder.ts';
import { tokenFor } from './support/token-for.ts';

const folder = join(packageRoot, 'docs', 'guides');
const guides = readdirSync(folder).filter((name) => name.endsWith('.md'));

interface Shown {
  readonly query: string;
  /** Code with which it is shown to be refused. */
  readonly refusal: string | undefined;
  /** Role of who asks; undefined where a query is anybody's and a mutation the clerk's. */
  readonly role: 'approver' | 'auditor' | undefined;
}

/** Operations of a guide in their order. */
function operationsOf(name: string): readonly Shown[] {
  const text = readFileSync(join(folder, name), 'utf8');
  return [...text.matchAll(/```graphql ?(\w+)?\n([\s\S]*?)```/g)].map(([, said, query = '']) => {
    const role = said === 'approver' || said === 'auditor' ? said : undefined;
    return { query, role, refusal: role === undefined ? said : undefined };
  });
}

async function send(
  url: string,
  query: string,
  token: string | undefined,
): Promise<{ data?: unknown; errors?: { extensions: { code: string } }[] }> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return (await response.json()) as { data?: unknown };
}

describe('the guides', () => {
  it('are five, one for each kind of user', () => {
    expect(guides.sort()).toEqual(['analyst.md', 'auditor.md', 'clerk.md', 'frontend.md', 'operator.md']);
  });

  it('show operations that a server on the real roster answers as they say', { timeout: 400_000 }, async () => {
    const dir = tempFolder();
    // Tokens of the guides reach no further than the clerks' town.
    const [clerk, approver, auditor] = [
      await tokenFor(dir, 'clerk', '440118102'),
      await tokenFor(dir, 'approver', '440118102'),
      await tokenFor(dir, 'auditor', '440118102'),
    ];
    const tokenOf = ({ role, query }: Shown) =>
      role ? { approver, auditor }[role] : query.startsWith('mutation') ? clerk : undefined;
    const { url } = await serve(dir);
    for (const name of guides) {
      const operations = operationsOf(name);
      expect(operations.length, name).toBeGreaterThan(0);
      for (const operation of operations) {
        const { query, refusal } = operation;
        const { errors = [] } = await send(url, query, tokenOf(operation));
        expect(
          errors.map(({ extensions }) => extensions.code),
          `${name}: ${query} ${JSON.stringify(errors)}`,
        ).toEqual(refusal === undefined ? [] : [refusal]);
      }
    }
  });
});
