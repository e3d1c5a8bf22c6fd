import { onTestFinished } from 'vitest';
import { Program } from './program.ts';

/** A server in a process of its own, and the address that it printed. */
export interface Served {
  readonly program: Program;
  readonly url: string;
}

/** Starts `xiangyue start` on a folder; the test that asks for it ends it. Rejects where it does not come to serve. */
export async function serve(dir: string, environment: Readonly<Record<string, string>> = {}): Promise<Served> {
  const program = new Program(dir, ['--json', 'start'], environment);
  onTestFinished(async () => {
    program.signal('SIGKILL');
    await program.ended();
  });
  const [line = ''] = await program.lines(1);
  return { program, url: (JSON.parse(line) as { url: string }).url };
}

/** Asks a server one operation, with a token where one is given. */
export async function ask<Data>(url: string, query: string, variables: object = {}, token?: string): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const reply = (await response.json()) as { data?: Data | null; errors?: unknown };
  if (reply.errors || !reply.data) throw new Error(JSON.stringify(reply.errors));
  return reply.data;
}
