import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';
import { defaultLimits } from '../src/graphql/limits.ts';
import { selfSigned } from './support/self-signed.ts';
import { tempFolder } from './support/temp-folder.ts';

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
  }
  return [];
};

describe('readConfig()', () => {
  it('has a value for everything, this machine alone reaching it', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      dataDir: './var',
      logLevel: 'info',
      isReadOnly: false,
    });
    expect(defaultLimits).toMatchObject(readConfig({}).limits);
  });

  it('takes what is set, and an empty variable for one that is not', () => {
    const environment = {
      HOST: '::1',
      PORT: '0',
      DATA_DIR: '/data',
      LOG_LEVEL: 'debug',
      READ_ONLY: 'true',
      QUERY_COST_MAX: '',
    };
    expect(readConfig(environment)).toMatchObject({
      host: '::1',
      port: 0,
      dataDir: '/data',
      logLevel: 'debug',
      isReadOnly: true,
    });
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['PORT', '-1'],
    ['LOG_LEVEL', 'loud'],
    ['READ_ONLY', 'yes'],
    ['CACHE_BYTES_MAX', '1.5'],
    ['HOST', 'no host'],
    ['CORS_ORIGINS', 'https://a.example,b.example'],
    ['CORS_ORIGINS', 'https://a.example/path'],
    ['CORS_ORIGINS', 'https://['],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '0.0.0.0/0'],
    ['TRUST_PROXY', 'proxy.example'],
  ])('refuses %s=%s by its name', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} takes `))]);
  });

  it('takes certificate and key where they can be read and belong together, and keeps their paths alone', () => {
    const folder = tempFolder();
    const [one, other] = [selfSigned(), selfSigned()];
    const files = { cert: one.cert, key: one.key, otherKey: other.key, text: 'no PEM' };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const of = (cert: string, key: string) => ({
      TLS_CERT_FILE: join(folder, cert),
      TLS_KEY_FILE: join(folder, key),
    });
    expect(readConfig(of('cert', 'key')).tls).toEqual({ certFile: join(folder, 'cert'), keyFile: join(folder, 'key') });
    expect(problemsOf(of('text', 'key'))).toEqual([expect.stringMatching(/^TLS_CERT_FILE takes /)]);
    expect(problemsOf(of('cert', 'nowhere'))).toEqual([expect.stringMatching(/^TLS_KEY_FILE takes /)]);
    expect(problemsOf(of('cert', 'otherKey'))).toEqual([expect.stringMatching(/not that of the certificate/)]);
    expect(problemsOf({ TLS_CERT_FILE: join(folder, 'cert') })).toEqual([expect.stringMatching(/both or none/)]);
  });

  it('names every variable that is wrong', () => {
    expect(problemsOf({ PORT: 'x', READ_ONLY: 'x' })).toHaveLength(2);
  });

  it('is frozen', () => {
    const config = readConfig({});
    expect(Object.isFrozen(config) && Object.isFrozen(config.limits)).toBe(true);
  });

  it('takes one of VAULT_KEY and VAULT_KEY_FILE, not both', () => {
    const both = { VAULT_KEY: 'ab'.repeat(32), VAULT_KEY_FILE: '/nowhere' };
    expect(() => readConfig(both)).toThrow('give one of the two');
  });
});
