import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openAccess } from '../../src/access/open-access.ts';
import { tempFolder } from '../support/temp-folder.ts';

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;

interface Signing {
  readonly kid: string;
  readonly alg: string;
  readonly pair: Pair;
}

const audience = 'https://ledger.example';
const begins = Date.UTC(2024, 4, 31, 16, 30);
const seconds = begins / 1_000;

async function signing(kid: string, alg = 'ES256'): Promise<Signing> {
  return { kid, alg, pair: await generateKeyPair(alg, { extractable: true }) };
}

/** An issuer of this machine that gives the keys it has been given, and counts how often it is asked for them. */
async function issuerOf(keys: readonly Signing[]) {
  const state = { keys, isDown: false, issuer: undefined as string | undefined, asked: { discovery: 0, keys: 0 } };
  const server = createServer(async (request, response) => {
    const isDiscovery = request.url === '/.well-known/openid-configuration';
    state.asked[isDiscovery ? 'discovery' : 'keys'] += 1;
    response.statusCode = state.isDown ? 500 : 200;
    const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const published = state.keys.map(async ({ kid, alg, pair }) => ({
      ...(await exportJWK(pair.publicKey)),
      kid,
      alg,
    }));
    const body = isDiscovery
      ? { issuer: state.issuer ?? own, jwks_uri: `${own}/keys` }
      : { keys: await Promise.all(published) };
    response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { state, issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function trusting(keys: readonly Signing[], options: { rolesClaim?: string; cooldownMs?: number } = {}) {
  const { state, issuer } = await issuerOf(keys);
  let instant = begins;
  const oidc = { issuer, audience, rolesClaim: 'xiangyue_roles', cooldownMs: 0, ...options };
  const access = openAccess({ dir: tempFolder(), logId: 'log-1', oidc, now: () => instant, onFault: () => undefined });
  onTestFinished(access.close);
  const sign = ({ kid, alg, pair }: Signing, claims: JWTPayload = {}) =>
    new SignJWT({
      iss: issuer,
      aud: audience,
      sub: 'f3b1c6d2-5d0e-4a53-9f55-2a4b3e0c7d11',
      iat: seconds,
      exp: seconds + 300,
      xiangyue_roles: ['clerk:440118102'],
      ...claims,
    })
      .setProtectedHeader({ alg, kid })
      .sign(pair.privateKey);
  const authenticate = (token: string) => access.authenticator.authenticate(`Bearer ${token}`);
  const pass = (ms: number) => {
    instant += ms;
  };
  return { state, issuer, sign, authenticate, pass, holds: access.authenticator.holds.bind(access.authenticator) };
}

describe('a token of an OpenID Connect issuer', () => {
  it.each(['RS256', 'ES256', 'EdDSA'])('signed by %s is who it says, with the roles of its claim', async (alg) => {
    const key = await signing('k1', alg);
    const { sign, authenticate, holds } = await trusting([key]);
    const roles = ['clerk:440118102', 'auditor', 'gardener', 'clerk:44011', 'clerk:4401:18', 7];
    const principal = await authenticate(await sign(key, { xiangyue_roles: roles }));
    expect(principal).toEqual({
      id: 'oidc:f3b1c6d2-5d0e-4a53-9f55-2a4b3e0c7d11',
      kind: 'token',
      grants: [
        { role: 'clerk', within: '440118102' },
        { role: 'auditor', within: null },
      ],
      grantedOn: '2024-06-01',
      expiresAt: begins + 300_000,
      credential: 'oidc:f3b1c6d2-5d0e-4a53-9f55-2a4b3e0c7d11',
    });
    expect(await holds(principal)).toBe(true);
  });

  it.each(['PS256', 'ES384', 'RS512'])('signed by %s is refused', async (alg) => {
    const key = await signing('k1', alg);
    const { sign, authenticate } = await trusting([key]);
    await expect(authenticate(await sign(key))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('without the claim of roles is known and was given nothing', async () => {
    const key = await signing('k1');
    const { sign, authenticate } = await trusting([key]);
    expect(await authenticate(await sign(key, { xiangyue_roles: undefined }))).toMatchObject({ grants: [] });
    expect(await authenticate(await sign(key, { xiangyue_roles: 'clerk' }))).toMatchObject({ grants: [] });
  });

  it('may carry its roles in a nested claim', async () => {
    const key = await signing('k1');
    const { sign, authenticate } = await trusting([key], { rolesClaim: 'realm_access.roles' });
    expect(await authenticate(await sign(key, { realm_access: { roles: ['auditor'] } }))).toMatchObject({
      grants: [{ role: 'auditor', within: null }],
    });
  });

  it.each([
    ['another issuer', { iss: 'https://other.example' }],
    ['the name of this machine’s issuer', { iss: 'xiangyue' }],
    ['another audience', { aud: 'https://other.example' }],
    ['no audience', { aud: undefined }],
    ['no expiry', { exp: undefined }],
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['an expiry beyond all time', { exp: 1e300 }],
    ['an expiry that is over', { exp: seconds }],
    ['a beginning ahead', { nbf: seconds + 6 }],
    ['an issue ahead', { iat: seconds + 6 }],
    ['an issue before all time', { iat: -1e300 }],
  ])('with %s is refused', async (_, claims) => {
    const key = await signing('k1');
    const { sign, authenticate } = await trusting([key]);
    await expect(authenticate(await sign(key, claims as JWTPayload))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('may be five seconds ahead of this machine’s clock', async () => {
    const key = await signing('k1');
    const { sign, authenticate } = await trusting([key]);
    const ahead = await sign(key, { iat: seconds + 5, nbf: seconds + 5 });
    expect(await authenticate(ahead)).toMatchObject({ kind: 'token' });
  });

  it.each([
    'clerk@example.org',
    '440118199001011234',
    '13812345678',
    '欧阳虚构',
    'u_0123456789abcdef0123',
    'a b',
    'x'.repeat(65),
  ])('whose subject may speak of a person is a digest in the log: %s', async (sub) => {
    const key = await signing('k1');
    const { issuer, sign, authenticate } = await trusting([key]);
    const digest = createHash('sha256').update(`${issuer} ${sub}`).digest('hex').slice(0, 20);
    expect((await authenticate(await sign(key, { sub }))).id).toBe(`oidc:u_${digest}`);
  });

  it.each(['clerk', 'key:0123456789abcdef', 'local', 'oidc:clerk'])(
    'is never a principal of this machine, whatever its subject: %s',
    async (sub) => {
      const key = await signing('k1');
      const { sign, authenticate } = await trusting([key]);
      expect((await authenticate(await sign(key, { sub }))).id).toMatch(/^oidc:[^:]+$/);
    },
  );
});

describe('the keys of an OpenID Connect issuer', () => {
  it('are asked for with its first token, once', async () => {
    const key = await signing('k1');
    const { state, sign, authenticate } = await trusting([key]);
    expect(state.asked).toEqual({ discovery: 0, keys: 0 });
    await Promise.all([authenticate(await sign(key)), authenticate(await sign(key, { jti: '2' }))]);
    await authenticate(await sign(key, { jti: '3' }));
    expect(state.asked).toEqual({ discovery: 1, keys: 1 });
  });

  it('may be replaced: a new one is found, an old one is no longer taken', async () => {
    const [first, second] = [await signing('k1'), await signing('k2')];
    const { state, sign, authenticate } = await trusting([first]);
    await authenticate(await sign(first));
    state.keys = [second];
    expect(await authenticate(await sign(second))).toMatchObject({ kind: 'token' });
    await expect(authenticate(await sign(first, { jti: '2' }))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('are not asked for again by whoever makes up key ids', async () => {
    const [key, other] = [await signing('k1'), await signing('k2')];
    const { state, sign, authenticate } = await trusting([key], { cooldownMs: 60_000 });
    await authenticate(await sign(key));
    for (let at = 0; at < 20; at += 1) {
      const forged = await sign({ ...other, kid: `made-up-${at}` });
      await expect(authenticate(forged)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    expect(state.asked.keys).toBe(1);
  });

  it('that cannot be had make its tokens wait, and are tried again', async () => {
    const key = await signing('k1');
    const { state, sign, authenticate, pass } = await trusting([key]);
    state.isDown = true;
    const token = await sign(key);
    for (let at = 0; at < 5; at += 1) {
      await expect(authenticate(token)).rejects.toMatchObject({ code: 'E_UNAVAILABLE' });
    }
    expect(state.asked).toEqual({ discovery: 1, keys: 0 });
    state.isDown = false;
    await expect(authenticate(token)).rejects.toMatchObject({ code: 'E_UNAVAILABLE' });
    pass(5_000);
    expect(await authenticate(token)).toMatchObject({ kind: 'token' });
  });

  it('go on being taken where the issuer fails afterwards', async () => {
    const key = await signing('k1');
    const { state, sign, authenticate } = await trusting([key]);
    await authenticate(await sign(key));
    state.isDown = true;
    const forged = await sign({ ...(await signing('k9')), kid: 'k9' });
    await expect(authenticate(forged)).rejects.toMatchObject({ code: 'E_UNAVAILABLE' });
    expect(await authenticate(await sign(key, { jti: '2' }))).toMatchObject({ kind: 'token' });
  });

  it('are not taken from an issuer that calls itself otherwise', async () => {
    const key = await signing('k1');
    const { state, sign, authenticate } = await trusting([key]);
    state.issuer = 'https://other.example';
    await expect(authenticate(await sign(key))).rejects.toMatchObject({ code: 'E_UNAVAILABLE' });
  });
});
