import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { allRoles } from '../support/principals.ts';
import { becomes, webhookLedger } from '../support/webhook-ledger.ts';
import { openReceiver, statuses } from '../support/webhook-receiver.ts';

const everything = { filter: {}, after: 0 };
const streams = (count: number) => Array.from({ length: count }, (_, at) => `division-d_${at}`);

describe('a webhook', () => {
  it('is sent each matching event, signed, in order, then what comes', async () => {
    const ledger = await webhookLedger();
    const receiver = await openReceiver();
    const ids = await ledger.write(...streams(60));
    const webhooks = await ledger.open();
    const { secret, webhook } = await webhooks.register(allRoles, { url: receiver.url, ...everything });
    await receiver.has(60);
    ids.push(...(await ledger.write('division-d_new')));
    await receiver.has(61);
    expect(receiver.events()).toEqual(ids);
    await becomes(webhooks, webhook.id, { checkpoint: 61, behind: 0, failures: 0, status: 'ACTIVE' });
    for (const { headers, body } of receiver.received) {
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
        type: 'DivisionListed',
        data: { type: 'DivisionListed', effectiveOn: '2016-07-31', data: { code: '44' } },
      });
    }
    expect(receiver.received[0]?.headers['webhook-id']).toBe('division-d_0:0');
  });

  it('goes on from its checkpoint after a restart, and keeps its secret in a file of its owner', async () => {
    const ledger = await webhookLedger();
    const receiver = await openReceiver();
    const webhooks = await ledger.open();
    const { webhook } = await webhooks.register(allRoles, { url: receiver.url, ...everything });
    const ids = await ledger.write(...streams(3));
    await becomes(webhooks, webhook.id, { checkpoint: 3 });
    await webhooks.close();
    expect(statSync(join(ledger.dir, 'webhooks.sqlite')).mode & 0o777).toBe(0o600);
    ids.push(...(await ledger.write('division-d_later')));
    const again = await ledger.open();
    await becomes(again, webhook.id, { checkpoint: 4 });
    expect(receiver.events()).toEqual(ids);
  });

  it('is sent what comes from now on where no position is given, and what its filter lets through', async () => {
    const ledger = await webhookLedger();
    const receiver = await openReceiver();
    await ledger.write('division-d_before');
    const webhooks = await ledger.open();
    const filter = { streams: ['division-d_wanted', 'division-d_before'] };
    const { webhook } = await webhooks.register(allRoles, { url: receiver.url, filter });
    await ledger.write('division-d_other', 'division-d_wanted', 'division-d_other');
    await becomes(webhooks, webhook.id, { checkpoint: 4 });
    expect(receiver.events()).toEqual(['division-d_wanted.0']);
  });

  it('is tried again with the same id after ever longer waits, and holds back what comes after', async () => {
    const ledger = await webhookLedger();
    const receiver = await openReceiver(statuses(500, 503, 404, 200));
    const webhooks = await ledger.open();
    const { webhook } = await webhooks.register(allRoles, { url: receiver.url, ...everything });
    const [first = '', second] = await ledger.write('division-d_a', 'division-d_b');
    await becomes(webhooks, webhook.id, { checkpoint: 2, failures: 0, lastError: null });
    expect(receiver.events()).toEqual([first, first, first, first, second]);
    expect(new Set(receiver.received.slice(0, 4).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(ledger.chance.waits).toEqual([3_750, 15_000, 60_000]);
    expect(await ledger.registry.getSingleMetricAsString('xiangyue_webhook_deliveries_total')).toContain(
      '{outcome="failed"} 3',
    );
  });

  it.each([
    ['120', 120_000],
    ['999999', 3_600_000],
    ['1', 3_750],
  ])('waits as long as it is asked to (Retry-After: %s), an hour at most', async (header, wait) => {
    const ledger = await webhookLedger();
    const receiver = await openReceiver((response, nth) =>
      nth === 0 ? response.writeHead(429, { 'retry-after': header }).end() : response.writeHead(200).end(),
    );
    const webhooks = await ledger.open();
    await webhooks.register(allRoles, { url: receiver.url, ...everything });
    await ledger.write('division-d_a');
    await receiver.has(2);
    expect(ledger.chance.waits).toEqual([wait]);
  });

  it('is parked after ten tries, says so, and is sent everything again on demand', async () => {
    const ledger = await webhookLedger();
    let isBroken = true;
    const receiver = await openReceiver((response) => response.writeHead(isBroken ? 500 : 200).end('secret words'));
    const webhooks = await ledger.open();
    const ids = await ledger.write(...streams(3));
    const { webhook } = await webhooks.register(allRoles, { url: receiver.url, ...everything });
    await becomes(webhooks, webhook.id, { status: 'PARKED', failures: 10, lastError: 'answered 500', checkpoint: 0 });
    expect(receiver.events()).toEqual(Array(10).fill(ids[0]));
    expect(webhooks.shortcomings()).toEqual([expect.stringContaining(webhook.id)]);
    expect(await ledger.registry.getSingleMetricAsString('xiangyue_webhooks_active')).toContain('_active 0');
    expect(await ledger.registry.getSingleMetricAsString('xiangyue_webhooks_parked')).toContain('_parked 1');
    isBroken = false;
    await webhooks.resume(webhook.id);
    await becomes(webhooks, webhook.id, { status: 'ACTIVE', checkpoint: 3, failures: 0 });
    await webhooks.resume(webhook.id, 1);
    await receiver.has(15);
    expect(receiver.events().slice(10)).toEqual([...ids, ...ids.slice(1)]);
    expect(webhooks.shortcomings()).toEqual([]);
  });

  it('is parked at once where the receiver is gone, and still is after a restart', async () => {
    const ledger = await webhookLedger();
    const receiver = await openReceiver(statuses(410));
    const webhooks = await ledger.open();
    const { webhook } = await webhooks.register(allRoles, { url: receiver.url, ...everything });
    await ledger.write('division-d_a');
    await becomes(webhooks, webhook.id, { status: 'PARKED', failures: 1, lastError: 'answered 410' });
    await webhooks.close();
    const again = await ledger.open();
    expect(await again.list()).toMatchObject([{ id: webhook.id, status: 'PARKED' }]);
    expect(receiver.received).toHaveLength(1);
  });

  it('is paused and resumed, and sent what came meanwhile', async () => {
    const ledger = await webhookLedger();
    const receiver = await openReceiver();
    const webhooks = await ledger.open();
    const { webhook } = await webhooks.register(allRoles, { url: receiver.url, ...everything });
    const ids = await ledger.write('division-d_a');
    await receiver.has(1);
    expect(await webhooks.pause(webhook.id)).toMatchObject({ status: 'PAUSED' });
    ids.push(...(await ledger.write('division-d_b')));
    await webhooks.resume(webhook.id);
    await receiver.has(2);
    expect(receiver.events()).toEqual(ids);
    await webhooks.remove(webhook.id);
    await ledger.write('division-d_c');
    await webhooks.close();
    expect(await (await ledger.open()).list()).toEqual([]);
    expect(receiver.events()).toEqual(ids);
  });

  it('signs with both secrets for a day after a rotation, and never tells either again', async () => {
    const ledger = await webhookLedger();
    const receiver = await openReceiver();
    const webhooks = await ledger.open();
    const first = await webhooks.register(allRoles, { url: receiver.url, ...everything });
    const second = await webhooks.rotateSecret(first.webhook.id);
    await ledger.write('division-d_a');
    await receiver.has(1);
    const [both] = receiver.received;
    for (const { secret } of [first, second]) {
      expect(new Webhook(secret).verify(both?.body ?? '', both?.headers as Record<string, string>)).toBeTruthy();
    }
    ledger.chance.instant += 86_400_000;
    await ledger.write('division-d_b');
    await receiver.has(2);
    expect(String(receiver.received[1]?.headers['webhook-signature']).split(' ')).toHaveLength(1);
    const told = JSON.stringify([await webhooks.list(), ledger.logged]);
    for (const { secret } of [first, second]) expect(told).not.toContain(secret.slice(6));
  });

  it('is parked where the log was replaced', async () => {
    const ledger = await webhookLedger();
    const receiver = await openReceiver();
    const webhooks = await ledger.open();
    await ledger.write(...streams(2));
    const { webhook } = await webhooks.register(allRoles, { url: receiver.url, ...everything });
    await becomes(webhooks, webhook.id, { checkpoint: 2 });
    await webhooks.close();
    const { services } = await webhookLedger();
    const again = await ledger.open({ services });
    await becomes(again, webhook.id, {
      status: 'PARKED',
      checkpoint: 0,
      lastError: expect.stringContaining('replaced'),
    });
  });

  it('ends with the key that registered it', async () => {
    const ledger = await webhookLedger();
    const receiver = await openReceiver();
    let isHeld = true;
    const webhooks = await ledger.open({ holds: async () => isHeld });
    const { webhook } = await webhooks.register(allRoles, { url: receiver.url, ...everything });
    await ledger.write('division-d_a');
    await receiver.has(1);
    isHeld = false;
    await ledger.write('division-d_b');
    await becomes(webhooks, webhook.id, { status: 'PARKED' });
    expect(receiver.received).toHaveLength(1);
  });

  it('refuses a position ahead of the log, an unknown webhook, and more than there may be', async () => {
    const ledger = await webhookLedger();
    const webhooks = await ledger.open({ settings: { targetsMax: 1 } });
    const url = 'http://127.0.0.1:1/';
    await expect(webhooks.register(allRoles, { url, filter: {}, after: 1 })).rejects.toMatchObject({
      code: 'E_FUTURE_MOMENT',
    });
    await expect(webhooks.pause('wh_none')).rejects.toMatchObject({ code: 'E_NOT_FOUND' });
    const { webhook } = await webhooks.register(allRoles, { url, filter: {} });
    await expect(webhooks.resume(webhook.id, 9)).rejects.toMatchObject({ code: 'E_FUTURE_MOMENT' });
    await expect(webhooks.register(allRoles, { url, filter: {} })).rejects.toMatchObject({ code: 'E_LIMIT' });
  });
});
