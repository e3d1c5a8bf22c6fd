import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { run } from '../support/program.ts';
import { ask, serve } from '../support/served.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openReceiver } from '../support/webhook-receiver.ts';

/** Room for several processes on a loaded machine. */
const room = { timeout: 300_000 };
const events = 60;
/** Requests that get no answer. */
const unanswered = [6, 24];

/** A log of divisions; the ids of its events. */
async function writeLog(dir: string): Promise<string[]> {
  const store = openSqliteStore({ dir, mode: 'write', now: Date.now, newId: randomUUID });
  const ids: string[] = [];
  for (let at = 0; at < events; at++) {
    const stream = `division-d_${String(at).padStart(8, '0')}`;
    const data = { code: `44${10 + at}`, name: '某市', level: 'PREFECTURE' };
    const marks = { recordedBy: 'test', basis: [], commandId: `c${at}`, commandHash: '', correlationId: `c${at}` };
    const event = { type: 'DivisionListed', schemaVersion: 1, effectiveOn: '2016-07-31', subjects: [stream], data };
    const appended = await store.append(stream, [{ ...event, ...marks }], 'none');
    ids.push(...appended.events.map(({ id }) => id));
  }
  await store.close();
  return ids;
}

const register = `mutation($url: String!) { registerWebhook(input: { url: $url, after: "0" }) { secret webhook { id } } }`;

describe('a server killed while it sends', room, () => {
  it('sends each event at least once, in order, over its next starts', async () => {
    const dir = tempFolder();
    const ids = await writeLog(dir);
    // Twice an event is under way when the server is killed.
    const receiver = await openReceiver((response, nth) => {
      if (!unanswered.includes(nth)) response.end();
    });
    const { stdout } = await run(dir, 'token', '--role', 'administrator', '--ttl', '1h');
    const environment = { WEBHOOK_PRIVATE: 'true' };
    let served = await serve(dir, environment);
    const { url } = receiver;
    const { registerWebhook } = await ask<{ registerWebhook: { secret: string } }>(
      served.url,
      register,
      { url },
      stdout.trim(),
    );
    for (const nth of unanswered) {
      await receiver.has(nth + 1);
      served.program.signal('SIGKILL');
      await served.program.ended();
      served = await serve(dir, environment);
    }
    await expect.poll(() => receiver.events().at(-1), { timeout: 60_000 }).toBe(ids.at(-1));
    // A kill repeats the one event that was under way.
    const seen = receiver.events();
    expect(seen).toHaveLength(events + unanswered.length);
    expect(seen.filter((id, at) => id !== seen[at - 1])).toEqual(ids);
    for (const { body, headers } of receiver.received) {
      expect(new Webhook(registerWebhook.secret).verify(body, headers as Record<string, string>)).toBeTruthy();
    }
    served.program.signal('SIGTERM');
    expect(await served.program.ended()).toMatchObject({ code: 0 });
  });
});
