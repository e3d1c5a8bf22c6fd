import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importOf, writeEdition, zhuhai } from '../support/edition-file.ts';
import { Program, run } from '../support/program.ts';
import { ask, serve } from '../support/served.ts';
import { tempFolder } from '../support/temp-folder.ts';

const room = { timeout: 600_000 };
const json = async (dir: string, ...args: string[]) => JSON.parse((await run(dir, '--json', ...args)).stdout);
const make = 'mutation { revokeApiKey(input: { id: "0123456789abcdef" }) { apiKey { id } } }';

describe('token and key', () => {
  it.each([
    [['token']],
    [['token', '--role', 'gardener']],
    [['token', '--role', 'clerk', '--ttl', '366d']],
    [['token', '--role', 'clerk', '--name', 'local']],
    [['key', 'create', '--role', 'clerk', '--expires-on', '2020-01-01', '--name', 'box']],
  ])('called wrongly end with 2 and make nothing: %j', room, async (args) => {
    const dir = tempFolder();
    const { code, stdout, stderr } = await run(dir, ...args);
    expect({ code, stdout, files: readdirSync(dir) }).toEqual({ code: 2, stdout: '', files: [] });
    expect(stderr).toContain('error:');
  });

  it('work beside a server that was started before either, and are taken back', room, async () => {
    const dir = tempFolder();
    expect(await run(dir, ...importOf(2016, writeEdition(dir, 2016, zhuhai)))).toMatchObject({ code: 0 });
    const { url } = await serve(dir);
    const token = (await run(dir, 'token', '--role', 'administrator', '--ttl', '15m')).stdout.trim();
    await expect(ask(url, make, {}, token)).rejects.toThrow('E_NOT_FOUND');
    const key = await json(
      dir,
      'key',
      'create',
      '--name',
      'box',
      '--role',
      'clerk,auditor:4404',
      '--within',
      '440402',
      '--expires-on',
      tomorrow(),
    );
    expect(key).toMatchObject({ name: 'box', roles: ['clerk:440402', 'auditor:4404'], createdBy: 'operator' });
    await expect(ask(url, make, {}, key.secret)).rejects.toThrow('FORBIDDEN');
    const { keys } = await json(dir, 'key', 'list');
    expect(keys).toEqual([expect.objectContaining({ id: key.id, revokedAt: null })]);
    expect(JSON.stringify(keys)).not.toContain(key.secret.slice(-43));
    expect(await run(dir, 'key', 'revoke', key.id)).toMatchObject({ code: 0 });
    expect(await run(dir, 'key', 'revoke', '0123456789abcdef')).toMatchObject({ code: 1 });
    const other = await json(dir, 'token', '--role', 'clerk', '--name', 'shitan');
    expect(await run(dir, 'token', 'revoke', other.jti)).toMatchObject({ code: 0 });
    await expect(ask(url, make, {}, other.token)).rejects.toThrow('The token was revoked.');
  });
});

describe('doctor', () => {
  it('says whose credentials are taken, and what is wrong with them', room, async () => {
    const dir = tempFolder();
    const checksOf = async (environment: Record<string, string> = {}) => {
      const { stdout } = await new Program(dir, ['--json', 'doctor'], environment).ended();
      const { checks } = JSON.parse(stdout) as { checks: { check: string; isSound: boolean }[] };
      return Object.fromEntries(checks.map(({ check, isSound }) => [check, isSound]));
    };
    const [tokens, keys, issuer] = ['tokens of this machine', 'keys of machines', 'issuer of tokens'] as const;
    expect(await checksOf()).toMatchObject({ [tokens]: true, [keys]: true, [issuer]: true });
    await run(dir, 'token', '--role', 'clerk');
    chmodSync(join(dir, 'token.key'), 0o644);
    const nobody = { OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_AUDIENCE: 'ledger' };
    expect(await checksOf(nobody)).toMatchObject({ [tokens]: false, [keys]: true, [issuer]: false });
  });
});

const tomorrow = (): string => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
