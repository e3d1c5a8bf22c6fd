/** Which pages may open a socket: a browser sends no preflight before it does, so nothing else would stop another site's. */
import type { IncomingHttpHeaders } from 'node:http';

/** True without an Origin (no browser), for the server's own host, and for those of the list; `*` is all. */
export function isOriginAllowed({ origin, host }: IncomingHttpHeaders, origins: readonly string[]): boolean {
  if (origin === undefined || origins.includes('*')) return true;
  // `null` of a sandboxed page, and what is no origin at all.
  if (!URL.canParse(origin)) return false;
  const asked = new URL(origin);
  if (asked.host !== '' && asked.host === host?.toLowerCase()) return true;
  return origins.some((each) => new URL(each).origin === asked.origin);
}
