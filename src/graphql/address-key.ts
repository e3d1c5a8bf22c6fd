/** The name under which an address is counted: one subscriber's, however many addresses it has been given. */
import type { Principal } from '../access/principal.ts';

const groupsOfNetwork = 4;
const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** An IPv4 address as it is; of an IPv6 address its first 64 bits, below which a subscriber is free to choose. */
export function addressKey(address: string): string {
  if (!address.includes(':')) return address;
  const v4 = mapped.exec(address)?.[1];
  if (v4) return v4;
  const [front = '', back] = address.split('::');
  const groups = front === '' ? [] : front.split(':');
  const rest = back === undefined || back === '' ? [] : back.split(':');
  const missing = back === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  const all = [...groups, ...Array<string>(missing).fill('0'), ...rest];
  const network = all.slice(0, groupsOfNetwork).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}

/** The name under which a client is counted: its credential, or its address where it shows none. */
export const clientKey = (principal: Principal | undefined, address: string): string =>
  principal?.credential ? `credential ${principal.credential}` : addressKey(address);
