import { randomBytes } from 'node:crypto';
import { Registry } from 'prom-client';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Services } from '../../src/graphql/context.ts';
import { Webhooks } from '../../src/webhooks/webhooks.ts';
import { type GuardedApi, guardedApi } from '../support/guarded-api.ts';
import { principalOf } from '../support/principals.ts';
import { tempFolder } from '../support/temp-folder.ts';

const admin = principalOf('admin', ['administrator']);
const localAdmin = principalOf('local', ['administrator'], '440118');
const others = principalOf('others', ['clerk', 'approver', 'auditor', 'personal-data-reader']);

let guarded: GuardedApi;

beforeEach(async () => {
  const webhooksOf = async (services: Services) => {
    const chance = { now: () => 1_717_200_000_000, pause: async () => undefined, random: () => 0, bytes: randomBytes };
    const log = { error: () => undefined, warn: () => undefined, info: () => undefined } as never;
    const usual = { dir: tempFolder(), services, chance, log, registry: new Registry(), holds: async () => true };
    const resolve = async () => [{ address: '8.8.8.8', family: 4 }];
    const webhooks = await Webhooks.open({ ...usual, isPrivateAllowed: false, resolve });
    onTestFinished(() => webhooks.close());
    return webhooks;
  };
  guarded = await guardedApi([admin, localAdmin, others], { webhooksOf });
});

const fields = `id url filter status checkpoint behind failures lastError nextAttemptAt oldSecretUntil createdAt createdBy`;
const register = `mutation($input: RegisterWebhookInput!) { registerWebhook(input: $input) { secret webhook { ${fields} } } }`;
const list = `{ webhooks { ${fields} } }`;
const url = 'https://hook.example/in?to=1';

describe('webhooks', () => {
  it('are registered with a secret that is shown once, listed, paused, resumed and removed', async () => {
    const filter = { types: ['VillageRenamed'], within: null, recorded: { from: '2024-01-01T00:00:00Z' } };
    const { registerWebhook } = await guarded.data(admin, register, { input: { url, filter, after: '0' } });
    const { secret, webhook } = registerWebhook;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(webhook).toEqual({
      id: expect.stringMatching(/^wh_[0-9a-f]{24}$/),
      url,
      filter: '{"types":["VillageRenamed"],"recorded":{"from":"2024-01-01T00:00:00.000Z"}}',
      status: 'ACTIVE',
      checkpoint: '0',
      behind: 0,
      failures: 0,
      lastError: null,
      nextAttemptAt: null,
      oldSecretUntil: null,
      createdAt: '2024-06-01T00:00:00.000Z',
      createdBy: 'admin',
    });
    const listed = await guarded.ask(admin, list);
    expect(listed.data).toEqual({ webhooks: [webhook] });
    expect(listed.text).not.toContain(secret.slice(6));
    expect(listed.headers['cache-control']).toBe('no-store');
    const change = async (mutation: string) =>
      (
        await guarded.data(
          admin,
          `mutation($i: ID!) { ${mutation}(input: { id: $i }) { webhook { status oldSecretUntil } } }`,
          {
            i: webhook.id,
          },
        )
      )[mutation].webhook;
    expect(await change('pauseWebhook')).toMatchObject({ status: 'PAUSED' });
    expect(await change('resumeWebhook')).toMatchObject({ status: 'ACTIVE' });
    expect(await change('rotateWebhookSecret')).toMatchObject({ oldSecretUntil: '2024-06-02T00:00:00.000Z' });
    expect(await change('removeWebhook')).toMatchObject({ status: 'ACTIVE' });
    expect((await guarded.data(admin, list)).webhooks).toEqual([]);
  });

  it.each([
    ['the anonymous', null, 'UNAUTHENTICATED'],
    ['all other roles', others, 'FORBIDDEN'],
    ['an administrator of a part', localAdmin, 'FORBIDDEN'],
  ])('are nothing for %s, whether they are there or not', async (_, by, code) => {
    const { registerWebhook } = await guarded.data(admin, register, { input: { url } });
    expect((await guarded.ask(by, list)).codes).toEqual([code]);
    expect((await guarded.ask(by, register, { input: { url: 'http://10.0.0.1' } })).codes).toEqual([code]);
    for (const mutation of ['removeWebhook', 'pauseWebhook', 'resumeWebhook', 'rotateWebhookSecret']) {
      for (const id of [registerWebhook.webhook.id, 'wh_none']) {
        const query = `mutation { ${mutation}(input: { id: "${id}" }) { webhook { id } } }`;
        expect((await guarded.ask(by, query)).codes).toEqual([code]);
      }
    }
  });

  it.each([
    ['http://hook.example/', {}, 'E_WEBHOOK_TARGET'],
    ['https://10.0.0.1/', {}, 'E_WEBHOOK_TARGET'],
    ['https://hook.example/', { after: '99' }, 'E_FUTURE_MOMENT'],
    ['https://hook.example/', { after: 'x' }, 'BAD_USER_INPUT'],
    ['https://hook.example/', { filter: { within: 'x' } }, 'BAD_USER_INPUT'],
  ])('refuse %s with %j', async (address, more, code) => {
    expect((await guarded.ask(admin, register, { input: { url: address, ...more } })).codes).toEqual([code]);
  });

  it('say that one is not there', async () => {
    const query = 'mutation { pauseWebhook(input: { id: "wh_none" }) { webhook { id } } }';
    expect((await guarded.ask(admin, query)).codes).toEqual(['E_NOT_FOUND']);
  });
});
