import { issueToken } from '../../src/access/own-issuer.ts';
import type { Grant, Role } from '../../src/access/principal.ts';

const dayMs = 86_400_000;

/** A token of a data folder's own issuer, as `xiangyue token` makes it, over everything where no division is given; its name is
 *  that of the first role. */
export async function tokenFor(
  dir: string,
  roles: Role | readonly Role[],
  within: string | null = null,
  name?: string,
): Promise<string> {
  const grants: Grant[] = [roles].flat().map((role) => ({ role, within }));
  const { token } = await issueToken({ dir, name: name ?? grants[0]!.role, grants, ttlMs: dayMs, now: Date.now() });
  return token;
}
