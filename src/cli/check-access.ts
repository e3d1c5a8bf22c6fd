/** What `doctor` says of who may come in: tokens of this machine, keys of machines, another issuer. */
import { statSync } from 'node:fs';
import { AccessFile, accessFileOf } from '../access/access-file.ts';
import { KeyStore } from '../access/key-store.ts';
import { countIssuersKeys } from '../access/oidc-discovery.ts';
import { readTokenKey, tokenKeyFileOf } from '../access/token-key.ts';
import type { Config } from '../config.ts';
import type { Check } from './check.ts';
import { now } from './clock.ts';

const dayMs = 86_400_000;
const othersMode = 0o077;

/** Looks at all three; changes nothing. */
export async function checkAccess({ dataDir, oidc }: Config): Promise<Check[]> {
  return [tokens(dataDir), keys(dataDir), await issuer(oidc)];
}

function tokens(dir: string): Check {
  return looking('tokens of this machine', () => {
    const key = readTokenKey(dir);
    if (!key) return 'none yet: `xiangyue token` makes one';
    refuseOthers(tokenKeyFileOf(dir));
    return `signed with ${key.id}`;
  });
}

function keys(dir: string): Check {
  const file = new AccessFile(dir);
  const check = looking('keys of machines', () => {
    const list = new KeyStore({ file, now }).list();
    if (list.length === 0) return 'none';
    refuseOthers(accessFileOf(dir));
    const holding = list.filter(({ revokedAt, expiresAt }) => revokedAt === null && expiresAt > now());
    const ends = Math.min(...holding.map(({ expiresAt }) => expiresAt));
    const next = holding.length > 0 ? `, the next ends in ${Math.floor((ends - now()) / dayMs)} days` : '';
    return `${holding.length} hold, ${list.length - holding.length} expired or revoked${next}`;
  });
  file.close();
  return check;
}

async function issuer(oidc: Config['oidc']): Promise<Check> {
  const check = 'issuer of tokens';
  if (!oidc) return { check, isSound: true, found: 'none configured (OIDC_ISSUER)' };
  try {
    const count = await countIssuersKeys(oidc.issuer);
    return { check, isSound: count > 0, found: `${oidc.issuer} answers with ${count} keys` };
  } catch (error) {
    return { check, isSound: false, found: `${oidc.issuer}: ${reasonOf(error)}` };
  }
}

function looking(check: string, look: () => string): Check {
  try {
    return { check, isSound: true, found: look() };
  } catch (error) {
    return { check, isSound: false, found: reasonOf(error) };
  }
}

function refuseOthers(path: string): void {
  if ((statSync(path).mode & othersMode) !== 0) throw new Error(`${path} is open to others: chmod 600`);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${reasonOf(error.cause)})` : error.message;
}
