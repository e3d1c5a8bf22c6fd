/** The configuration: read once from the environment, checked, frozen. Nothing else reads the environment. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { VaultKey } from './vault/vault-key.ts';

export interface Config {
  /** Address to listen on. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** The data folder. */
  readonly dataDir: string;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** True where the operator wants no mutation taken, whoever asks. */
  readonly isReadOnly: boolean;
  /** Master key of the vault of persons; null where it lies in the data folder. */
  readonly vaultKey: VaultKey | null;
  /** Bytes of the exact response cache; 0 switches it off. */
  readonly cacheBytesMax: number;
  readonly limits: {
    readonly bodyBytesMax: number;
    readonly costNodesMax: number;
    readonly runningMax: number;
    readonly waitingMax: number;
    readonly queryDurationMsMax: number;
    readonly requestsPerSecond: number;
    readonly requestsBurst: number;
    readonly socketsMax: number;
    readonly subscriptionsMax: number;
  };
  /** Who else than this server's own key may issue tokens; null for nobody. */
  readonly oidc: { readonly issuer: string; readonly audience: string; readonly rolesClaim: string } | null;
  /** Origins of pages that may read answers and open sockets, beside the server's own; `*` for all. */
  readonly origins: readonly string[];
  /** Proxies whose word on the client's address and protocol is taken: their addresses or networks. */
  readonly trustProxy: readonly string[];
  /** Files of certificate and key, both or none; null to speak plainly. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  /** True where webhooks may go to http and to private networks: for a machine of one's own. */
  readonly isPrivateWebhookAllowed: boolean;
}

/** The environment says something that cannot be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(
    /** One sentence for each variable: its name, and what it takes. */
    readonly problems: readonly string[],
  ) {
    super(problems.join('\n'));
  }
}

interface Variable<Value> {
  /** Used where the variable is not set or empty. */
  readonly default: string;
  /** What it takes, for people. */
  readonly takes: string;
  readonly parse: z.ZodType<Value, string>;
}

const whole = (min: number, max: number, usual: number): Variable<number> => ({
  default: String(usual),
  takes: `a whole number from ${min} to ${max}`,
  parse: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max),
});

const oneOf = <const V extends string>(values: readonly [V, ...V[]], usual: V): Variable<V> => ({
  default: usual,
  takes: `one of ${values.join(', ')}`,
  parse: z.enum(values) as unknown as z.ZodType<V, string>,
});

const noKey: VaultKey | null = null;
const orNull = (text: string, read: (text: string) => VaultKey | null): VaultKey | null | undefined =>
  text === '' ? noKey : (read(text) ?? undefined);
const vaultKey = (takes: string, read: (text: string) => VaultKey | null): Variable<VaultKey | null> => ({
  default: '',
  takes,
  parse: z.string().transform((text, context) => {
    const key = orNull(text, read);
    if (key === undefined) context.addIssue({ code: 'custom', message: 'is no key' });
    return key ?? null;
  }),
});

function keyOfFile(path: string): VaultKey | null {
  try {
    return VaultKey.parse(readFileSync(path, 'utf8'));
  } catch {
    // A file that cannot be read holds no key: the variable is refused by its name.
    return null;
  }
}

/** Values separated by commas, none where it is not set. */
const list = (takes: string, isOne: (part: string) => boolean): Variable<readonly string[]> => ({
  default: '',
  takes,
  parse: z
    .string()
    .transform((text) => (text === '' ? [] : text.split(',').map((part) => part.trim())))
    .refine((parts) => parts.every(isOne)),
});

/** `https://example.org:8443`, or `*`: scheme, host and port, and nothing after them. */
function isOrigin(text: string): boolean {
  if (text === '*') return true;
  if (!/^https?:\/\/[^/?#@]+$/.test(text) || !URL.canParse(text)) return false;
  return new URL(text).pathname === '/';
}

/** `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`. */
function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more !== undefined) return false;
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** The path of a PEM file that can be read and holds what it should; empty where there is none. */
const pemFile = (takes: string, read: (pem: string) => unknown): Variable<string> => ({
  default: '',
  takes,
  parse: z.string().refine((path) => path === '' || doesRead(() => read(readFileSync(path, 'utf8')))),
});

function doesRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    // Whatever is wrong with the file, the variable is refused by its name.
    return false;
  }
}

/** Every variable of the environment that the server knows. */
const variables = {
  HOST: {
    default: '127.0.0.1',
    takes: 'an address or name to listen on',
    parse: z.string().regex(/^[A-Za-z0-9.:_-]{1,253}$/),
  } satisfies Variable<string>,
  PORT: whole(0, 65_535, 4000),
  DATA_DIR: {
    default: './var',
    takes: 'the path of a folder',
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no path holds a NUL.
    parse: z.string().regex(/^[^\u0000]+$/),
  } satisfies Variable<string>,
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
  READ_ONLY: oneOf(['false', 'true'], 'false'),
  VAULT_KEY: vaultKey('32 bytes as 64 hexadecimal digits or as base64', VaultKey.parse),
  VAULT_KEY_FILE: vaultKey('the path of a file that holds 32 bytes as hexadecimal digits or base64', keyOfFile),
  CACHE_BYTES_MAX: whole(0, 8_589_934_592, 67_108_864),
  BODY_BYTES_MAX: whole(1_024, 104_857_600, 1_048_576),
  QUERY_COST_MAX: whole(1, 10_000_000, 50_000),
  REQUESTS_RUNNING_MAX: whole(1, 10_000, 64),
  REQUESTS_WAITING_MAX: whole(0, 100_000, 512),
  QUERY_DURATION_MS_MAX: whole(1, 600_000, 10_000),
  REQUESTS_PER_SECOND_MAX: whole(0, 1_000_000, 500),
  REQUESTS_BURST_MAX: whole(1, 10_000_000, 5_000),
  SOCKETS_MAX: whole(0, 1_000_000, 200),
  SUBSCRIPTIONS_MAX: whole(0, 1_000_000, 1_000),
  OIDC_ISSUER: {
    default: '',
    takes: 'the https address of an OpenID Connect issuer (http only on this machine)',
    parse: z.string().regex(/^(|https:\/\/[^\s?#]+|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?[^\s?#]*)$/),
  } satisfies Variable<string>,
  OIDC_AUDIENCE: {
    default: '',
    takes: 'the audience that tokens must name',
    parse: z.string().max(200),
  } satisfies Variable<string>,
  OIDC_ROLES_CLAIM: {
    default: 'xiangyue_roles',
    takes: 'the name of a claim that lists roles, such as clerk:440118102',
    parse: z.string().regex(/^[A-Za-z0-9_.:/-]{1,100}$/),
  } satisfies Variable<string>,
  CORS_ORIGINS: list('origins separated by commas, such as https://example.org, or *', isOrigin),
  TRUST_PROXY: list('addresses or networks of proxies separated by commas, such as 127.0.0.1,10.0.0.0/8', isNetwork),
  TLS_CERT_FILE: pemFile('the path of a PEM file with the certificate chain', (pem) => new X509Certificate(pem)),
  TLS_KEY_FILE: pemFile('the path of a PEM file with the private key, not encrypted', createPrivateKey),
  WEBHOOK_PRIVATE: oneOf(['false', 'true'], 'false'),
} as const;

type Name = keyof typeof variables;
type Values = { readonly [N in Name]: (typeof variables)[N] extends Variable<infer V> ? V : never };

/** Reads the configuration. Errors: `ConfigError`, which names every variable that is wrong. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const problems: string[] = [];
  const values: Partial<Record<Name, unknown>> = {};
  for (const [name, { default: usual, takes, parse }] of Object.entries(variables) as [Name, Variable<unknown>][]) {
    const result = parse.safeParse(environment[name] || usual);
    if (result.success) values[name] = result.data;
    else problems.push(`${name} takes ${takes}.`);
  }
  problems.push(...problemsBetween(environment));
  if (problems.length === 0 && values.TLS_CERT_FILE && !isPair(values as Values))
    problems.push('TLS_CERT_FILE and TLS_KEY_FILE: the key is not that of the certificate.');
  if (problems.length > 0) throw new ConfigError(problems);
  return configOf(values as Values);
}

/** Reads the configuration with some variables given otherwise, as by the command line. Errors: `ConfigError`. */
export const readConfigWith = (given: Readonly<Record<string, string | undefined>>): Config =>
  readConfig({ ...process.env, ...given });

function problemsBetween(environment: Readonly<Record<string, string | undefined>>): string[] {
  const has = (name: Name) => Boolean(environment[name]);
  const problems: string[] = [];
  if (has('VAULT_KEY') && has('VAULT_KEY_FILE')) problems.push('VAULT_KEY and VAULT_KEY_FILE: give one of the two.');
  if (has('TLS_CERT_FILE') !== has('TLS_KEY_FILE')) problems.push('TLS_CERT_FILE and TLS_KEY_FILE: give both or none.');
  if (has('OIDC_ISSUER') !== has('OIDC_AUDIENCE')) problems.push('OIDC_ISSUER and OIDC_AUDIENCE: give both or none.');
  return problems;
}

const isPair = ({ TLS_CERT_FILE, TLS_KEY_FILE }: Values): boolean =>
  new X509Certificate(readFileSync(TLS_CERT_FILE)).checkPrivateKey(createPrivateKey(readFileSync(TLS_KEY_FILE)));

function configOf(values: Values): Config {
  return Object.freeze({
    host: values.HOST,
    port: values.PORT,
    dataDir: values.DATA_DIR,
    logLevel: values.LOG_LEVEL,
    isReadOnly: values.READ_ONLY === 'true',
    vaultKey: values.VAULT_KEY ?? values.VAULT_KEY_FILE,
    cacheBytesMax: values.CACHE_BYTES_MAX,
    limits: Object.freeze({
      bodyBytesMax: values.BODY_BYTES_MAX,
      costNodesMax: values.QUERY_COST_MAX,
      runningMax: values.REQUESTS_RUNNING_MAX,
      waitingMax: values.REQUESTS_WAITING_MAX,
      queryDurationMsMax: values.QUERY_DURATION_MS_MAX,
      requestsPerSecond: values.REQUESTS_PER_SECOND_MAX,
      requestsBurst: values.REQUESTS_BURST_MAX,
      socketsMax: values.SOCKETS_MAX,
      subscriptionsMax: values.SUBSCRIPTIONS_MAX,
    }),
    oidc: oidcOf(values),
    origins: values.CORS_ORIGINS,
    trustProxy: values.TRUST_PROXY,
    tls: values.TLS_CERT_FILE ? { certFile: values.TLS_CERT_FILE, keyFile: values.TLS_KEY_FILE } : null,
    isPrivateWebhookAllowed: values.WEBHOOK_PRIVATE === 'true',
  });
}

const oidcOf = ({ OIDC_ISSUER, OIDC_AUDIENCE, OIDC_ROLES_CLAIM }: Values): Config['oidc'] =>
  OIDC_ISSUER === '' ? null : { issuer: OIDC_ISSUER, audience: OIDC_AUDIENCE, rolesClaim: OIDC_ROLES_CLAIM };
