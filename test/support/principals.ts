/** Principals for tests, and authenticators that take a header for one of them. */
import type { Authenticator } from '../../src/access/authenticator.ts';
import { anonymous, type Grant, type Principal, type Role, roles } from '../../src/access/principal.ts';

/** A principal of a name with these roles, over everything where no division is given. */
export function principalOf(id: string, given: readonly Role[], within: string | null = null): Principal {
  const grants: Grant[] = given.map((role) => ({ role, within }));
  return { id, kind: 'token', grants, grantedOn: '2024-01-01', expiresAt: null, credential: `token:${id}` };
}

/** Has every role over everything. */
export const allRoles: Principal = principalOf('local', roles);

/** Takes everybody for the principal with every role: for tests of anything but access. */
export const everyone: Authenticator = authenticatorOf(() => allRoles);

/** Takes `Bearer <name>` for the principal of that name, and nothing for the anonymous. */
export function named(principals: readonly Principal[]): Authenticator {
  return authenticatorOf((authorization) => {
    if (authorization === undefined) return anonymous;
    return principals.find(({ id }) => authorization === `Bearer ${id}`) ?? anonymous;
  });
}

function authenticatorOf(principal: (authorization: string | undefined) => Principal): Authenticator {
  return {
    known: principal,
    authenticate: async (authorization) => principal(authorization),
    holds: async () => true,
  };
}
