/** `xiangyue key`: keys of machines. */
import type { Command } from 'commander';
import { AccessFile } from '../access/access-file.ts';
import type { ApiKey, ApiKeys } from '../access/api-keys.ts';
import { grantText } from '../access/grant-text.ts';
import { keyDaysMax, keyExpiry } from '../access/key-expiry.ts';
import { KeyStore } from '../access/key-store.ts';
import { CodedError } from '../es/errors.ts';
import { now } from './clock.ts';
import { addGrantOptions, type GrantOptions, grantsOf, refusePersonalName } from './grants.ts';
import { print } from './output.ts';
import type { Terminal } from './terminal.ts';

interface CreateOptions extends GrantOptions {
  readonly name: string;
  readonly expiresOn: string;
}

/** Who made a key, where it was made beside the server and not through it. */
const operator = 'operator';

/** Adds `key create`, `key list` and `key revoke`. All work beside a running server. */
export function addKey(program: Command, terminal: Terminal): void {
  const key = program.command('key').description('keys of machines: make, list and revoke them');
  const create = key.command('create').description('make a key; its text is told once');
  addGrantOptions(create)
    .requiredOption('--name <name>', 'what it is for: no personal data')
    .requiredOption('--expires-on <day>', `its last day, up to ${keyDaysMax} days ahead`)
    .action((options: CreateOptions) => runCreate(create, terminal, options));
  key
    .command('list')
    .description('all keys, without anything of their secrets')
    .action(() => runList(terminal));
  key
    .command('revoke')
    .description('revoke a key by its id; a running server knows within a minute')
    .argument('<id>')
    .action((id: string) => runRevoke(terminal, id));
}

function runCreate(command: Command, terminal: Terminal, options: CreateOptions): void {
  const grants = grantsOf(command, options);
  const { name, expiresOn } = options;
  if (name === '' || name.length > 100) command.error('error: --name takes 1 to 100 characters.');
  refusePersonalName(command, name);
  const expiresAt = /^\d{4}-\d{2}-\d{2}$/.test(expiresOn) ? keyExpiry(expiresOn, now()) : null;
  if (expiresAt === null) {
    command.error(`error: --expires-on takes a day from today on, YYYY-MM-DD, up to ${keyDaysMax} days ahead.`);
  }
  withKeys(terminal, (keys) => {
    const { key, text } = keys.create({ name, grants, createdBy: operator, expiresAt });
    print(terminal.console(), { ...told(key), secret: text }, [text]);
  });
}

function runList(terminal: Terminal): void {
  withKeys(terminal, (keys) => {
    const list = keys.list().map(told);
    const lines = list.map(({ id, name, roles, expiresAt, revokedAt, lastUsedAt }) =>
      [
        `${id} ${name}: ${roles.join(', ')}`,
        revokedAt === null ? `until ${expiresAt}` : `revoked ${revokedAt}`,
        lastUsedAt === null ? 'never used' : `last used ${lastUsedAt}`,
      ].join('; '),
    );
    print(terminal.console(), { keys: list }, lines.length > 0 ? lines : ['no keys']);
  });
}

function runRevoke(terminal: Terminal, id: string): void {
  withKeys(terminal, (keys) => {
    const key = keys.revoke(id);
    if (!key) throw new CodedError('E_NOT_FOUND', 'There is no such key.');
    print(terminal.console(), told(key), [`${id} is revoked`]);
  });
}

function withKeys({ config }: Terminal, work: (keys: ApiKeys) => void): void {
  const file = new AccessFile(config().dataDir);
  try {
    work(new KeyStore({ file, now }));
  } finally {
    file.close();
  }
}

function told({ grants, createdAt, expiresAt, revokedAt, lastUsedAt, ...key }: ApiKey) {
  const roles = grants.map(grantText);
  const [created, expires] = [timeOf(createdAt), timeOf(expiresAt)];
  return {
    ...key,
    roles,
    createdAt: created,
    expiresAt: expires,
    revokedAt: revokedAt === null ? null : timeOf(revokedAt),
    lastUsedAt: lastUsedAt === null ? null : timeOf(lastUsedAt),
  };
}

const timeOf = (instant: number): string => new Date(instant).toISOString();
