import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { allRoles, principalOf } from '../support/principals.ts';
import { becomes, webhookLedger } from '../support/webhook-ledger.ts';
import { openReceiver, statuses } from '../support/webhook-receiver.ts';

const everything = { filter: {}, after: 0 };
/** Short, since these receivers never answer: any end comes too late for them. */
const settings = { tryMsMax: 200, connectMsMax: 100 };

describe('a receiver', () => {
  it('that redirects is not followed', async () => {
    const ledger = await webhookLedger();
    const elsewhere = await openReceiver();
    const receiver = await openReceiver((response, nth) =>
      nth === 0 ? response.writeHead(307, { location: elsewhere.url }).end() : response.writeHead(200).end(),
    );
    const webhooks = await ledger.open();
    const { webhook } = await webhooks.register(allRoles, { url: receiver.url, ...everything });
    await ledger.write('division-d_a');
    await becomes(webhooks, webhook.id, { checkpoint: 1 });
    expect(receiver.received).toHaveLength(2);
    expect(elsewhere.received).toEqual([]);
  });

  it('that never answers is given up, and holds nobody else', async () => {
    const ledger = await webhookLedger();
    const stalled = await openReceiver(() => undefined);
    const receiver = await openReceiver();
    const webhooks = await ledger.open({ settings });
    for (let at = 0; at < 20; at++) await webhooks.register(allRoles, { url: stalled.url, ...everything });
    const { webhook } = await webhooks.register(allRoles, { url: receiver.url, ...everything });
    const ids = await ledger.write('division-d_a', 'division-d_b');
    await becomes(webhooks, webhook.id, { checkpoint: 2 });
    expect(receiver.events()).toEqual(ids);
    const [first] = await webhooks.list();
    await becomes(webhooks, first?.id ?? '', { status: 'PARKED', lastError: 'no answer in time' });
  });

  it('that answers without end has answered', async () => {
    const ledger = await webhookLedger();
    const open: ServerResponse[] = [];
    const receiver = await openReceiver((response) => {
      open.push(response);
      response.on('error', () => undefined).writeHead(200);
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      };
      response.on('drain', pour);
      pour();
    });
    const webhooks = await ledger.open();
    const { webhook } = await webhooks.register(allRoles, { url: receiver.url, ...everything });
    await ledger.write('division-d_a', 'division-d_b');
    await becomes(webhooks, webhook.id, { checkpoint: 2 });
    expect(receiver.received).toHaveLength(2);
    await expect.poll(() => open.every(({ destroyed }) => destroyed), { timeout: 30_000 }).toBe(true);
  });

  it('that closes a connection which is used again is no failure', async () => {
    const ledger = await webhookLedger();
    const receiver = await openReceiver((response) => {
      response.end();
      // Behind the answer, perhaps under what comes next.
      setImmediate(() => response.socket?.destroy());
    });
    const webhooks = await ledger.open();
    const { webhook } = await webhooks.register(allRoles, { url: receiver.url, ...everything });
    const ids = await ledger.write('division-d_a', 'division-d_b', 'division-d_c');
    await becomes(webhooks, webhook.id, { checkpoint: 3 });
    expect([...new Set(receiver.events())]).toEqual(ids);
  });

  it('that is not there is tried again', async () => {
    const ledger = await webhookLedger();
    const webhooks = await ledger.open();
    const { webhook } = await webhooks.register(allRoles, { url: 'http://127.0.0.1:1/', ...everything });
    await ledger.write('division-d_a');
    await becomes(webhooks, webhook.id, { status: 'PARKED', failures: 10, lastError: 'connection refused' });
    expect(ledger.chance.waits).toHaveLength(9);
  });

  it('that is slow when the server stops gets the event again after the next start', async () => {
    const ledger = await webhookLedger();
    let isSlow = true;
    const receiver = await openReceiver((response) => {
      if (!isSlow) response.end();
    });
    const webhooks = await ledger.open();
    const { webhook } = await webhooks.register(allRoles, { url: receiver.url, ...everything });
    const [first] = await ledger.write('division-d_a');
    await receiver.has(1);
    await webhooks.close();
    isSlow = false;
    const again = await ledger.open();
    expect(await again.list()).toMatchObject([{ failures: 0, status: 'ACTIVE' }]);
    await becomes(again, webhook.id, { checkpoint: 1 });
    expect(receiver.events()).toEqual([first, first]);
  });
});

describe('what a webhook is sent', () => {
  it('is what its principal may see, and each look at what is not public is recorded first', async () => {
    const ledger = await webhookLedger();
    const [open, closed] = [await openReceiver(), await openReceiver()];
    const looks: string[] = [];
    const recordLook = async ({
      principal,
      streams,
      operation,
    }: {
      principal: object;
      streams: readonly string[];
      operation: string;
    }) => {
      expect(principal).toMatchObject({ id: 'auditor' });
      looks.push(`${operation} ${streams.join()} before ${open.received.length}`);
    };
    const webhooks = await ledger.open({ services: { recordLook } });
    const auditor = principalOf('auditor', ['administrator', 'auditor']);
    const { webhook } = await webhooks.register(auditor, { url: open.url, ...everything });
    const other = await webhooks.register(principalOf('admin', ['administrator']), { url: closed.url, ...everything });
    const ids = await ledger.write('division-d_a', 'person-p_00000001', 'division-d_b');
    await becomes(webhooks, webhook.id, { checkpoint: 3 });
    await becomes(webhooks, other.webhook.id, { checkpoint: 3 });
    expect(open.events()).toEqual(ids);
    expect(closed.events()).toEqual([ids[0], ids[2]]);
    expect(looks).toEqual([`webhook ${webhook.id} person-p_00000001 before 1`]);
  });

  it('is nothing that is not public where the look cannot be recorded', async () => {
    const ledger = await webhookLedger();
    const receiver = await openReceiver(statuses(200));
    let isBroken = true;
    const recordLook = async () => {
      if (isBroken) throw new Error('no room');
    };
    const webhooks = await ledger.open({ services: { recordLook } });
    const { webhook } = await webhooks.register(allRoles, { url: receiver.url, ...everything });
    const ids = await ledger.write('division-d_a', 'person-p_00000001');
    await expect.poll(() => ledger.logged.length, { timeout: 30_000 }).toBeGreaterThan(1);
    expect(receiver.events()).toEqual([ids[0]]);
    isBroken = false;
    await becomes(webhooks, webhook.id, { checkpoint: 2, failures: 0 });
    expect(receiver.events()).toEqual(ids);
  });
});
