/** Where webhooks may go: to https on public addresses, so that nobody reaches through them what only this machine can reach. */
import { lookup as systemLookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { CodedError } from '../es/errors.ts';

export interface Address {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a name. */
export type Resolve = (name: string) => Promise<readonly Address[]>;

/** As the operating system resolves names. */
export const systemResolve: Resolve = (name) => systemLookup(name, { all: true });

/** Networks that are not the public internet, by the special-purpose address registries of IANA. */
const special4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24'],
  ...['203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
];
/** All that is public of IPv6, and what of it is not: among it networks whose addresses carry one of IPv4. */
const public6 = '2000::/3';
const special6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const blocked = listOf(special4, special6);
const global6 = listOf([], [public6]);

function listOf(of4: readonly string[], of6: readonly string[]): BlockList {
  const list = new BlockList();
  const add = (subnet: string, family: 'ipv4' | 'ipv6') => {
    const [network = '', bits] = subnet.split('/');
    list.addSubnet(network, Number(bits), family);
  };
  for (const subnet of of4) add(subnet, 'ipv4');
  for (const subnet of of6) add(subnet, 'ipv6');
  return list;
}

/** Whether an address is one of the public internet; false for what is no address. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !blocked.check(address, 'ipv4');
  return family === 6 && global6.check(address, 'ipv6') && !blocked.check(address, 'ipv6');
}

const urlCharsMax = 2_000;

/** The address of a target. `isPrivateAllowed`: http and private networks too. Errors: `E_WEBHOOK_TARGET`. */
export function targetUrl(text: string, isPrivateAllowed: boolean): URL {
  if (text.length > urlCharsMax) throw refused(`is longer than ${urlCharsMax} characters`);
  if (!URL.canParse(text)) throw refused('is no URL');
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(isPrivateAllowed && url.protocol === 'http:')) throw refused('is not https');
  if (url.username !== '' || url.password !== '') throw refused('names a user');
  if (url.hash !== '') throw refused('has a fragment, which is never sent');
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  // A connection to an address resolves no name, so that nothing else would look at it.
  if (isIP(literal) !== 0 && !isPrivateAllowed && !isPublicAddress(literal)) throw refused('lies in no public network');
  return url;
}

/** The lookup of connections: a name that leads to any address that is not public is refused, and what was looked at here is
 *  what is connected to, whatever the name says a moment later. */
export function checkedLookup(resolve: Resolve, isPrivateAllowed: boolean): LookupFunction {
  return (name, { all }, done) => {
    checkedAddresses(resolve, name, isPrivateAllowed).then(
      (addresses) => {
        const [first] = addresses as [Address];
        if (all) done(null, [...addresses]);
        else done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, []),
    );
  };
}

/** The addresses of a name. Errors: `E_WEBHOOK_TARGET` where there is none or one that is not public. */
export async function checkedAddresses(
  resolve: Resolve,
  name: string,
  isPrivateAllowed: boolean,
): Promise<readonly Address[]> {
  const addresses = await resolve(name).catch((error: unknown) => {
    throw refused('has a name that leads nowhere', error);
  });
  if (addresses.length === 0) throw refused('has a name that leads nowhere');
  if (isPrivateAllowed || addresses.every(({ address }) => isPublicAddress(address))) return addresses;
  throw refused('lies in no public network');
}

const refused = (why: string, cause?: unknown): CodedError =>
  new CodedError('E_WEBHOOK_TARGET', `The address of the webhook ${why}.`, {}, { cause });
