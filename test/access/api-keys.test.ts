import { describe, expect, it, onTestFinished } from 'vitest';
import { openAccess } from '../../src/access/open-access.ts';
import { anonymous } from '../../src/access/principal.ts';
import { ledgerApi } from '../support/ledger-api.ts';
import { allRoles, principalOf } from '../support/principals.ts';
import { listProvince } from '../support/small-province.ts';
import { tempFolder } from '../support/temp-folder.ts';

const township = principalOf('shitan-admin', ['administrator'], '440118102');
const county = principalOf('zengcheng-admin', ['administrator'], '440118');
const clerk = principalOf('clerk', ['clerk', 'approver', 'auditor', 'personal-data-reader']);

async function ledger() {
  const now = () => Date.UTC(2024, 0, 1);
  const access = openAccess({ dir: tempFolder(), logId: 'log-1', oidc: null, now, onFault: () => undefined });
  onTestFinished(access.close);
  const api = await ledgerApi({ keys: access.keys });
  await listProvince(api);
  return { api, access };
}

const create = `mutation($roles: [AccessGrantInput!]!, $name: String! = "collector", $on: LocalDate! = "2024-12-31") {
  createApiKey(input: { name: $name, roles: $roles, expiresOn: $on }) {
    secret apiKey { id name roles { role within } createdBy expiresAt revokedAt lastUsedAt }
  }
}`;
const revoke = 'mutation($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { id revokedAt } } }';
const list = '{ apiKeys { id } }';
const inShitan = [{ role: 'CLERK', within: '440118102' }];
const inXintang = [{ role: 'CLERK', within: '440118101' }];

describe('createApiKey', () => {
  it('tells the secret once, and what the key is', async () => {
    const { api, access } = await ledger();
    api.as(township);
    const { createApiKey: made } = await api.ask(create, { roles: inShitan });
    expect(made.apiKey).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      name: 'collector',
      roles: inShitan,
      createdBy: 'shitan-admin',
      expiresAt: '2024-12-31T16:00:00.000Z',
      revokedAt: null,
      lastUsedAt: null,
    });
    expect(await access.authenticator.authenticate(`Bearer ${made.secret}`)).toMatchObject({
      id: `key:${made.apiKey.id}`,
      grants: [{ role: 'clerk', within: '440118102' }],
    });
    expect(JSON.stringify(await api.ask(list))).not.toContain(made.secret.slice(-43));
  });

  it.each([
    ['a division beside one’s own', inXintang],
    ['what lies above it', [{ role: 'CLERK', within: '440118' }]],
    ['everything', [{ role: 'CLERK' }]],
    ['a division that is not there', [{ role: 'CLERK', within: '449999' }]],
    ['one role within and one without', [...inShitan, ...inXintang]],
  ])('gives nobody more than one administers: %s', async (_, roles) => {
    const { api, access } = await ledger();
    api.as(township);
    expect(await api.refusal(create, { roles })).toMatchObject({ code: 'FORBIDDEN' });
    expect(access.keys.list()).toEqual([]);
  });

  it.each([
    ['a day that is over', { on: '2023-12-31' }, 'expiresOn'],
    ['a day too far off', { on: '2026-06-03' }, 'expiresOn'],
    ['no role', { roles: [] }, 'roles'],
    ['no name', { name: ' ' }, 'name'],
    ['a name that is a number of a phone', { name: 'box 138 1234 5678' }, 'name'],
    ['a name that is an address', { name: 'someone@example.org' }, 'name'],
  ])('refuses %s', async (_, variables, field) => {
    const { api, access } = await ledger();
    expect(await api.refusal(create, { roles: inShitan, ...variables })).toMatchObject({
      code: 'BAD_USER_INPUT',
      path: ['input', field],
    });
    expect(access.keys.list()).toEqual([]);
  });

  it('takes a key that ends today', async () => {
    const { api } = await ledger();
    expect(await api.ask(create, { roles: inShitan, on: '2024-01-01' })).toBeTruthy();
  });
});

describe('apiKeys and revokeApiKey', () => {
  it('reach what lies within one’s own divisions; the rest is as if it were not there', async () => {
    const { api, access } = await ledger();
    const makeFor = async (roles: object) => (await api.ask(create, { roles })).createApiKey.apiKey.id as string;
    const [shitan, xintang, all] = [
      await makeFor(inShitan),
      await makeFor(inXintang),
      await makeFor([{ role: 'CLERK' }]),
    ];
    const seen = async () => (await api.ask(list)).apiKeys.map(({ id }: { id: string }) => id).sort();
    expect(await seen()).toEqual([shitan, xintang, all].sort());
    api.as(county);
    expect(await seen()).toEqual([shitan, xintang].sort());
    api.as(township);
    expect(await seen()).toEqual([shitan]);
    const missing = await api.refusal(revoke, { id: '0123456789abcdef' });
    expect(missing).toMatchObject({ code: 'E_NOT_FOUND' });
    for (const id of [xintang, all]) expect(await api.refusal(revoke, { id })).toEqual(missing);
    expect(await api.ask(revoke, { id: shitan })).toMatchObject({ revokeApiKey: { apiKey: { id: shitan } } });
    expect(access.keys.list().filter(({ revokedAt }) => revokedAt !== null)).toMatchObject([{ id: shitan }]);
  });

  it('are for administrators alone', async () => {
    const { api } = await ledger();
    for (const [who, code] of [
      [clerk, 'FORBIDDEN'],
      [anonymous, 'UNAUTHENTICATED'],
    ] as const) {
      api.as(who);
      expect(await api.refusal(list)).toMatchObject({ code });
      expect(await api.refusal(create, { roles: inShitan })).toMatchObject({ code });
      expect(await api.refusal(revoke, { id: '0123456789abcdef' })).toMatchObject({ code });
    }
  });

  it('are said to be unavailable by a server without keys', async () => {
    const api = await ledgerApi();
    api.as(allRoles);
    expect(await api.refusal(list)).toMatchObject({ code: 'E_UNAVAILABLE' });
  });
});
