import { describe, expect, it } from 'vitest';
import { isPublicAddress, targetUrl } from '../../src/webhooks/address.ts';
import { principalOf } from '../support/principals.ts';
import { becomes, webhookLedger } from '../support/webhook-ledger.ts';
import { openReceiver } from '../support/webhook-receiver.ts';

const inside = [
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1'],
  ...['172.31.255.255', '192.0.0.8', '192.0.2.1', '192.168.1.1', '198.18.0.1', '198.51.100.7', '203.0.113.9'],
  ...['224.0.0.1', '255.255.255.255', '::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::127.0.0.1'],
  ...['64:ff9b::7f00:1', 'fc00::1', 'fd12:3456::1', 'fe80::1', 'fec0::1', 'ff02::1', '2001:db8::1', '2001::1'],
  ...['2002:7f00:1::', '100::1', 'localhost', ''],
];
const outside = ['8.8.8.8', '1.1.1.1', '100.63.255.255', '172.15.0.1', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'];

describe('isPublicAddress()', () => {
  it.each(inside)('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(outside)('allows %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('targetUrl()', () => {
  it.each([
    ['http://example.org/', 'not https'],
    ['ftp://example.org/', 'not https'],
    ['file:///etc/passwd', 'not https'],
    ['https://user:word@example.org/', 'names a user'],
    ['https://user@example.org/', 'names a user'],
    ['https://example.org/#part', 'fragment'],
    ['example.org', 'no URL'],
    ['https://', 'no URL'],
    ['https://127.0.0.1/', 'no public network'],
    ['https://0x7f.1/', 'no public network'],
    ['https://2130706433/', 'no public network'],
    ['https://0177.0.0.1/', 'no public network'],
    ['https://127.1/', 'no public network'],
    ['https://[::1]/', 'no public network'],
    ['https://[::ffff:10.0.0.1]/', 'no public network'],
    ['https://[fe80::1]/', 'no public network'],
    ['https://169.254.169.254/latest/meta-data', 'no public network'],
    [`https://example.org/${'x'.repeat(2_000)}`, 'longer'],
  ])('refuses %s', (text, why) => {
    expect(() => targetUrl(text, false)).toThrow(
      expect.objectContaining({ code: 'E_WEBHOOK_TARGET', message: expect.stringContaining(why) }),
    );
  });

  it('takes https with a port and a query, and http where the operator allows it', () => {
    expect(targetUrl('https://example.org:8443/hook?to=1', false).href).toBe('https://example.org:8443/hook?to=1');
    expect(targetUrl('http://127.0.0.1:80/', true).hostname).toBe('127.0.0.1');
  });
});

const admin = principalOf('admin', ['administrator']);
const everything = { filter: {}, after: 0 };
const publicly = [{ address: '8.8.8.8', family: 4 }];

describe('a name', () => {
  it.each([
    ['private', [{ address: '10.0.0.1', family: 4 }]],
    ['public and private', [...publicly, { address: 'fd00::1', family: 6 }]],
    ['nothing', []],
  ])('that leads to what is %s is refused', async (_, addresses) => {
    const ledger = await webhookLedger();
    const webhooks = await ledger.open({ isPrivateAllowed: false, resolve: async () => addresses });
    const asked = { url: 'https://hook.example/', ...everything };
    await expect(webhooks.register(admin, asked)).rejects.toMatchObject({ code: 'E_WEBHOOK_TARGET' });
    expect(await webhooks.list()).toEqual([]);
  });

  it('that leads inside by the time of the delivery is not followed there', async () => {
    const ledger = await webhookLedger();
    const receiver = await openReceiver();
    const { port } = new URL(receiver.url);
    let looked = 0;
    const resolve = async () => (looked++ === 0 ? publicly : [{ address: '127.0.0.1', family: 4 }]);
    const webhooks = await ledger.open({ isPrivateAllowed: false, resolve });
    const url = `https://hook.example:${port}/`;
    const { webhook } = await webhooks.register(admin, { url, ...everything });
    await ledger.write('division-d_a');
    await becomes(webhooks, webhook.id, {
      status: 'PARKED',
      lastError: 'The address of the webhook lies in no public network.',
    });
    expect(looked).toBe(11);
    expect(receiver.received).toEqual([]);
  });

  it('is resolved once a connection: what was looked at is what is connected to', async () => {
    const ledger = await webhookLedger();
    const receiver = await openReceiver();
    const url = new URL(receiver.url);
    url.hostname = 'hook.example';
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const webhooks = await ledger.open({ resolve });
    await webhooks.register(admin, { url: url.href, ...everything });
    await ledger.write('division-d_a');
    await receiver.has(1);
    expect(receiver.received[0]?.headers.host).toBe(url.host);
  });

  it('of a target that was stored while private networks were allowed is checked all the same', async () => {
    const ledger = await webhookLedger();
    const receiver = await openReceiver();
    const webhooks = await ledger.open();
    const { webhook } = await webhooks.register(admin, { url: receiver.url, ...everything });
    await webhooks.close();
    const strict = await ledger.open({ isPrivateAllowed: false });
    await ledger.write('division-d_a');
    await becomes(strict, webhook.id, { status: 'PARKED', lastError: 'The address of the webhook is not https.' });
    expect(receiver.received).toEqual([]);
  });
});
