import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AccessFile } from '../../src/access/access-file.ts';
import { openAccess } from '../../src/access/open-access.ts';
import { issueToken, type TokenOrder } from '../../src/access/own-issuer.ts';
import { RevokedTokens } from '../../src/access/revoked-tokens.ts';
import { ensureTokenKey, tokenKeyFileOf } from '../../src/access/token-key.ts';
import { tempFolder } from '../support/temp-folder.ts';

const hourMs = 3_600_000;
/** Half past midnight in Shanghai, the day before in Greenwich. */
const begins = Date.UTC(2024, 4, 31, 16, 30);

function machine(dir = tempFolder()) {
  let now = begins;
  const { authenticator, keys, close } = openAccess({
    dir,
    logId: 'log-1',
    oidc: null,
    now: () => now,
    onFault: () => undefined,
  });
  const issue = (order: Partial<TokenOrder> = {}) =>
    issueToken({
      dir,
      name: 'shitan',
      grants: [{ role: 'clerk', within: '440118102' }],
      ttlMs: hourMs,
      logId: 'log-1',
      now,
      ...order,
    });
  const pass = (ms: number) => {
    now += ms;
  };
  return { dir, authenticator, keys, close, issue, pass };
}

const unauthenticated = (message: string) => ({ code: 'UNAUTHENTICATED', message: `The token ${message}.` });

describe('issueToken()', () => {
  it('makes the key with the first token, for its owner alone, and never again', async () => {
    const { dir, issue } = machine();
    await issue();
    const { mode, ino } = statSync(tokenKeyFileOf(dir));
    expect(mode & 0o777).toBe(0o600);
    await issue();
    expect(statSync(tokenKeyFileOf(dir)).ino).toBe(ino);
  });

  it('makes the folder where there is none', async () => {
    const { authenticator, issue } = machine(`${tempFolder()}/new`);
    const { token } = await issue();
    expect(await authenticator.authenticate(`Bearer ${token}`)).toMatchObject({ id: 'shitan' });
  });

  it('gives each token an id of its own', async () => {
    const { issue } = machine();
    expect((await issue()).jti).not.toBe((await issue()).jti);
  });
});

describe('a token of this machine', () => {
  it('is who it says, with its roles as of the day in Shanghai, until it expires', async () => {
    const { dir, authenticator, issue } = machine();
    const grants = [
      { role: 'clerk', within: '440118102' },
      { role: 'auditor', within: null },
    ] as const;
    const { token, jti } = await issue({ grants });
    expect(await authenticator.authenticate(`Bearer ${token}`)).toEqual({
      id: 'shitan',
      kind: 'token',
      grants,
      grantedOn: '2024-06-01',
      expiresAt: begins + hourMs,
      credential: `token:${ensureTokenKey(dir).id}:${jti}`,
    });
  });

  it('that was made before there was a log is taken', async () => {
    const { authenticator, issue } = machine();
    const { token } = await issue({ logId: undefined });
    expect(await authenticator.authenticate(`bearer ${token}`)).toMatchObject({ id: 'shitan' });
  });

  it('is known for half a minute without being looked at', async () => {
    const { authenticator, issue, pass } = machine();
    const header = `Bearer ${(await issue()).token}`;
    expect(authenticator.known(header)).toBeUndefined();
    const principal = await authenticator.authenticate(header);
    pass(29_999);
    expect(authenticator.known(header)).toBe(principal);
    pass(1);
    expect(authenticator.known(header)).toBeUndefined();
  });

  it('expires to the millisecond, known or held open', async () => {
    const { authenticator, issue, pass } = machine();
    const header = `Bearer ${(await issue({ ttlMs: 10_000 })).token}`;
    const principal = await authenticator.authenticate(header);
    pass(9_999);
    expect([authenticator.known(header), await authenticator.holds(principal)]).toEqual([principal, true]);
    pass(1);
    expect([authenticator.known(header), await authenticator.holds(principal)]).toEqual([undefined, false]);
    await expect(authenticator.authenticate(header)).rejects.toMatchObject(unauthenticated('has expired'));
  });

  it('that was revoked by another process holds no longer', async () => {
    const { dir, authenticator, issue, pass } = machine();
    const { token, jti } = await issue();
    const principal = await authenticator.authenticate(`Bearer ${token}`);
    const beside = new AccessFile(dir);
    new RevokedTokens(beside).add(jti, begins);
    beside.close();
    expect(await authenticator.holds(principal)).toBe(false);
    pass(30_000);
    await expect(authenticator.authenticate(`Bearer ${token}`)).rejects.toMatchObject(unauthenticated('was revoked'));
  });

  it('is void where its key was replaced or taken away, and another folder’s never holds', async () => {
    const { dir, authenticator, issue, pass } = machine();
    const header = `Bearer ${(await issue()).token}`;
    const principal = await authenticator.authenticate(header);
    const elsewhere = machine();
    const foreign = `Bearer ${(await elsewhere.issue()).token}`;
    await expect(authenticator.authenticate(foreign)).rejects.toMatchObject(unauthenticated('is not valid'));
    rmSync(tokenKeyFileOf(dir));
    pass(30_000);
    expect(await authenticator.holds(principal)).toBe(false);
    await expect(authenticator.authenticate(header)).rejects.toMatchObject(unauthenticated('is not valid'));
    ensureTokenKey(dir);
    expect(await authenticator.holds(principal)).toBe(false);
    expect(await authenticator.authenticate(`Bearer ${(await issue()).token}`)).toMatchObject({ id: 'shitan' });
  });

  it('cannot be told where the file of the key is broken', async () => {
    const { dir, authenticator, issue } = machine();
    const { token } = await issue();
    writeFileSync(tokenKeyFileOf(dir), '{"kty":"OKP"');
    await expect(authenticator.authenticate(`Bearer ${token}`)).rejects.toMatchObject({ code: 'E_UNAVAILABLE' });
    await expect(issue()).rejects.toMatchObject({ code: 'E_UNAVAILABLE' });
  });

  it('cannot be told where what is revoked cannot be read', async () => {
    const { dir, authenticator, issue } = machine();
    const { token } = await issue();
    mkdirSync(`${dir}/access.sqlite`);
    await expect(authenticator.authenticate(`Bearer ${token}`)).rejects.toMatchObject({ code: 'E_UNAVAILABLE' });
  });
});
