/** `xiangyue token`: tokens of this machine's own issuer. */
import type { Command } from 'commander';
import { AccessFile } from '../access/access-file.ts';
import { issueToken, localName } from '../access/own-issuer.ts';
import { RevokedTokens } from '../access/revoked-tokens.ts';
import { ttlMsOf } from '../access/token-ttl.ts';
import { CodedError } from '../es/errors.ts';
import { now } from './clock.ts';
import { openForReading } from './data-folder.ts';
import { addGrantOptions, type GrantOptions, grantsOf, refusePersonalName } from './grants.ts';
import { print } from './output.ts';
import type { Terminal } from './terminal.ts';

interface TokenOptions extends GrantOptions {
  readonly ttl: string;
  readonly name?: string;
}

/** What imports of the roster and of facts are recorded by. */
const nameOfImports = 'local';
const tokenId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Adds `token` and `token revoke`. Both work beside a running server. */
export function addToken(program: Command, terminal: Terminal): void {
  const token = program.command('token').description('make a token of this machine’s own issuer');
  addGrantOptions(token)
    .option('--ttl <time>', 'how long it holds: 15m, 8h, 30d; up to 365d', '8h')
    .option('--name <name>', 'what the log says of who recorded; left out, the first role')
    .action((options: TokenOptions) => runToken(token, terminal, options));
  token
    .command('revoke')
    .description('revoke a token by its id (jti); a running server knows within a minute')
    .argument('<jti>')
    .action((jti: string, _: object, revoke: Command) => runRevoke(revoke, terminal, jti));
}

async function runToken(command: Command, { console, config }: Terminal, options: TokenOptions): Promise<void> {
  const grants = grantsOf(command, options);
  const ttlMs = ttlMsOf(options.ttl);
  if (ttlMs === null) command.error('error: --ttl takes 15m, 8h or 30d, up to 365d.');
  const name = options.name ?? (grants[0]?.role as string);
  if (!localName.test(name) || name === nameOfImports) {
    command.error(`error: --name takes up to 64 letters, digits, dots, dashes and underscores; not ${nameOfImports}.`);
  }
  refusePersonalName(command, name);
  const { dataDir: dir } = config();
  const { token, jti, expiresAt, roles } = await issueToken({
    dir,
    name,
    grants,
    ttlMs,
    logId: await logIdOf(dir),
    now: now(),
  });
  print(console(), { token, jti, expiresAt: new Date(expiresAt).toISOString(), roles }, [token]);
}

function runRevoke(command: Command, { console, config }: Terminal, jti: string): void {
  if (!tokenId.test(jti)) command.error('error: revoke takes the id of a token, its jti.');
  const file = new AccessFile(config().dataDir);
  try {
    new RevokedTokens(file).add(jti, now());
  } finally {
    file.close();
  }
  print(console(), { revoked: jti }, [`${jti} is revoked`]);
}

async function logIdOf(dir: string): Promise<string | undefined> {
  try {
    const store = openForReading(dir);
    try {
      return (await store.identity()).id;
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof CodedError && error.code === 'E_NOT_FOUND') return undefined;
    throw error;
  }
}
