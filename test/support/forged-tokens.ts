/** Credentials that are none: what somebody may send who has seen tokens and the public key, but not the key itself. */
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { TokenKey } from '../../src/access/token-key.ts';

export interface Forging {
  /** The key of the machine. */
  readonly key: TokenKey;
  /** A header and claims that the machine would sign: who is allowed everything. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Seconds since the epoch. */
  readonly now: number;
  /** An address that a forger would have the server ask. */
  readonly elsewhere: string;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token of these parts, signed by a key. */
export function signed(key: KeyObject, header: object, claims: object): string {
  const text = `${encode(header)}.${encode(claims)}`;
  return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`;
}

/** The header that a token of the machine has. */
export const headerOf = ({ id }: TokenKey): object => ({ alg: 'EdDSA', kid: id, typ: 'JWT' });

function withHmac(secret: string | Buffer, header: object, claims: object): string {
  const text = `${encode(header)}.${encode(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** Values of the Authorization header by what is wrong with them. */
export function forgedTokens(forging: Forging): Readonly<Record<string, string>> {
  const { key } = forging;
  const genuine = signed(key.privateKey, headerOf(key), forging.claims);
  const tokens = { ...unsigned(forging, genuine), ...symmetric(forging), ...foreign(forging), ...misused(forging) };
  const bearers = Object.entries(tokens).map(([what, token]) => [what, `Bearer ${token}`] as const);
  return {
    ...Object.fromEntries(bearers),
    'a token that is too long': `Bearer ${signed(key.privateKey, headerOf(key), { ...forging.claims, pad: 'x'.repeat(6_200) })}`,
    'two tokens': `Bearer ${genuine} ${genuine}`,
    'two tokens, listed': `Bearer ${genuine}, Bearer ${genuine}`,
    'another scheme': `Basic ${Buffer.from('admin:admin').toString('base64')}`,
    'a token in another scheme': `Token ${genuine}`,
    'a token without a scheme': genuine,
    'a scheme without a token': 'Bearer',
    'an empty header': '',
  };
}

function unsigned({ claims, key }: Forging, genuine: string): Record<string, string> {
  const [header = '', payload = '', signature = ''] = genuine.split('.');
  const none = (alg: string) => `${encode({ alg, typ: 'JWT' })}.${encode(claims)}.`;
  const last = signature.startsWith('A') ? 'B' : 'A';
  return {
    'alg none': none('none'),
    'alg None': none('None'),
    'alg none with a signature': `${none('none')}${signature}`,
    'no signature': `${header}.${payload}.`,
    'another signature': `${header}.${payload}.${last}${signature.slice(1)}`,
    'the signature of other claims': `${header}.${encode({ ...claims, sub: 'somebody' })}.${signature}`,
    'two parts': `${header}.${payload}`,
    'five parts': `${header}.${payload}.${signature}.${payload}.${signature}`,
    'a header that is no base64url': `=${header}.${payload}.${signature}`,
    'a payload that is no JSON': `${header}.${Buffer.from('{"sub":').toString('base64url')}.${signature}`,
    'a payload that is a list': signed(key.privateKey, headerOf(key), [claims]),
    'no token at all': 'hello',
    'dots alone': '..',
  };
}

/** What was signed with the public key, as if it were a secret. */
function symmetric({ key, claims }: Forging): Record<string, string> {
  const header = { ...headerOf(key), alg: 'HS256' };
  const pem = key.publicKey.export({ type: 'spki', format: 'pem' });
  const { x = '' } = key.publicKey.export({ format: 'jwk' });
  return {
    'HS256 with the public key as PEM': withHmac(pem, header, claims),
    'HS256 with the public key as DER': withHmac(key.publicKey.export({ type: 'spki', format: 'der' }), header, claims),
    'HS256 with the bytes of the public key': withHmac(Buffer.from(x, 'base64url'), header, claims),
    'HS256 with an empty secret': withHmac('', header, claims),
  };
}

/** What a key of the forger signed. */
function foreign({ key, claims, elsewhere }: Forging): Record<string, string> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const own = { ...publicKey.export({ format: 'jwk' }), kid: 'forged', alg: 'EdDSA', use: 'sig' };
  const by = (header: object) => signed(privateKey, { ...headerOf(key), ...header }, claims);
  const kids = [
    'forged',
    '',
    '../../../../dev/null',
    '/dev/null',
    '../token.key',
    "' or '1'='1",
    'xiangyue',
    '__proto__',
  ];
  return {
    'another key under the right kid': by({}),
    ...Object.fromEntries(kids.map((kid) => [`another key under kid ${JSON.stringify(kid)}`, by({ kid })])),
    'another key and no kid': by({ kid: undefined }),
    'a kid that is a list': by({ kid: [key.id] }),
    'an embedded key': by({ kid: undefined, jwk: own }),
    'an embedded key under the right kid': by({ jwk: own }),
    'a jku': by({ kid: 'forged', jku: `${elsewhere}/jwks.json` }),
    'a jku under the right kid': by({ jku: `${elsewhere}/jwks.json` }),
    'an x5u': by({ kid: 'forged', x5u: `${elsewhere}/chain.pem` }),
  };
}

/** What the machine's own key signed, but not for this. */
function misused({ key, claims, now }: Forging): Record<string, string> {
  const by = (said: object, header: object = {}) =>
    signed(key.privateKey, { ...headerOf(key), ...header }, { ...claims, ...said });
  return {
    'another audience': by({ aud: 'another-log' }),
    'no audience': by({ aud: undefined }),
    'another issuer': by({ iss: 'https://issuer.example' }),
    'an issuer in other letters': by({ iss: 'Xiangyue' }),
    'no issuer': by({ iss: undefined }),
    'an expiry that is over': by({ exp: now }),
    'no expiry': by({ exp: undefined }),
    'an expiry that is a text': by({ exp: String(now + 60) }),
    'a beginning ahead': by({ nbf: now + 6 }),
    'an issue ahead': by({ iat: now + 6 }),
    'no id': by({ jti: undefined }),
    'no subject': by({ sub: undefined }),
    'a subject of another issuer': by({ sub: 'oidc:somebody' }),
    'the name of a key': by({ sub: 'key:0123456789abcdef' }),
    'an extension that is critical and unknown': by({}, { crit: ['exp'], exp: now + 60 }),
    'a payload that is not encoded': by({}, { crit: ['b64'], b64: false }),
    'an algorithm of another family': by({}, { alg: 'RS256' }),
  };
}
