import { readFileSync, renameSync, statSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AccessFile, accessFileOf } from '../../src/access/access-file.ts';
import { KeyStore } from '../../src/access/key-store.ts';
import { openAccess } from '../../src/access/open-access.ts';
import { tempFolder } from '../support/temp-folder.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const begins = Date.UTC(2024, 4, 31, 16, 30);
const order = {
  name: 'collector',
  grants: [{ role: 'clerk', within: '440118102' }],
  createdBy: 'operator',
  expiresAt: begins + dayMs,
} as const;

/** A server's access to a folder, and the folder's keys as another process has them. */
function machine() {
  const dir = tempFolder();
  let instant = begins;
  const now = () => instant;
  const faults: unknown[] = [];
  const server = openAccess({ dir, logId: 'log-1', oidc: null, now, onFault: (error) => faults.push(error) });
  const file = new AccessFile(dir);
  onTestFinished(() => {
    server.close();
    file.close();
  });
  const pass = (ms: number) => {
    instant += ms;
  };
  const authenticate = (text: string) => server.authenticator.authenticate(`Bearer ${text}`);
  return { dir, server, beside: new KeyStore({ file, now }), file, faults, pass, authenticate };
}

const refused = (what: string) => ({ code: 'UNAUTHENTICATED', message: `The key ${what}.` });

describe('a key', () => {
  it('that another process made is a principal of its own, with its roles as of the day of its making', async () => {
    const { beside, authenticate } = machine();
    const { key, text } = beside.create(order);
    expect(await authenticate(text)).toEqual({
      id: `key:${key.id}`,
      kind: 'key',
      grants: order.grants,
      grantedOn: '2024-06-01',
      expiresAt: begins + dayMs,
      credential: `key:${key.id}`,
    });
  });

  it('is kept as a digest, in a file for its owner alone', () => {
    const { dir, beside } = machine();
    const { text } = beside.create(order);
    const secret = text.slice(-43);
    expect(text).toMatch(/^xyk_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$/);
    expect(JSON.stringify(beside.list())).not.toContain(secret);
    expect(statSync(accessFileOf(dir)).mode & 0o777).toBe(0o600);
    expect(readFileSync(accessFileOf(dir)).includes(secret)).toBe(false);
  });

  it('is refused with another secret, with none, or under an id that nobody has', async () => {
    const { beside, authenticate } = machine();
    const one = beside.create(order).text;
    const other = beside.create(order).text;
    const mixed = one.slice(0, 21) + other.slice(21);
    for (const text of [mixed, one.slice(0, -1), `${one}A`, 'xyk_', `xyk_0123456789abcdef_${one.slice(21)}`]) {
      await expect(authenticate(text), text).rejects.toMatchObject(refused('is not valid'));
    }
  });

  it('ends with its last day', async () => {
    const { beside, server, authenticate, pass } = machine();
    const { text } = beside.create(order);
    pass(dayMs - 1);
    const principal = await authenticate(text);
    pass(1);
    expect(await server.authenticator.holds(principal)).toBe(false);
    await expect(authenticate(text)).rejects.toMatchObject(refused('has expired'));
  });

  it('that was revoked beside the server is refused within a minute, and no longer holds a socket open', async () => {
    const { beside, server, authenticate, pass } = machine();
    const { key, text } = beside.create(order);
    const principal = await authenticate(text);
    expect(beside.revoke(key.id)).toMatchObject({ id: key.id, revokedAt: begins });
    expect(await server.authenticator.holds(principal)).toBe(false);
    pass(30_000);
    await expect(authenticate(text)).rejects.toMatchObject(refused('was revoked'));
    pass(hourMs);
    expect(beside.revoke(key.id)?.revokedAt).toBe(begins);
  });

  it('says whether it is used, to the hour', async () => {
    const { beside, authenticate, pass } = machine();
    const { text } = beside.create(order);
    expect(beside.list()[0]?.lastUsedAt).toBeNull();
    await authenticate(text);
    expect(beside.list()[0]?.lastUsedAt).toBe(begins - (begins % hourMs));
    pass(hourMs);
    await authenticate(text);
    expect(beside.list()[0]?.lastUsedAt).toBe(begins + hourMs - (begins % hourMs));
  });

  it('is taken where its use cannot be noted, which is told', async () => {
    const { beside, file, faults, authenticate } = machine();
    const { text } = beside.create(order);
    file.write((database) =>
      database.exec(`create trigger stop before update on api_key begin select raise(abort, 'no room'); end`),
    );
    expect(await authenticate(text)).toMatchObject({ kind: 'key' });
    expect(faults).toHaveLength(1);
  });

  it('of a file that was put in the place of another is the one that counts', async () => {
    const { dir, beside, server, file, authenticate } = machine();
    const { text } = beside.create(order);
    const principal = await authenticate(text);
    const other = machine();
    const kept = other.beside.create(order).text;
    other.file.close();
    other.server.close();
    file.close();
    renameSync(accessFileOf(other.dir), accessFileOf(dir));
    expect(await server.authenticator.holds(principal)).toBe(false);
    expect(await authenticate(kept)).toMatchObject({ kind: 'key' });
  });

  it('of a format that is not known cannot be told', async () => {
    const { file, beside, authenticate } = machine();
    const { text } = beside.create(order);
    file.write((database) => database.exec('pragma user_version = 2'));
    await expect(authenticate(text)).rejects.toMatchObject({ code: 'E_UNAVAILABLE' });
  });
});
