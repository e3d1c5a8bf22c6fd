/** How a request, a socket or a stream shows who it comes from. */
import { CodedError } from '../es/errors.ts';
import { anonymous, type Principal } from './principal.ts';

/** Reads credentials as they stand in `Authorization: Bearer …`. */
export interface Authenticator {
  /** The principal of a header seen before that still holds; undefined where it has to be looked at. Costs nothing. */
  known(authorization: string | undefined): Principal | undefined;
  /** The principal of a header; `anonymous` without one. Errors: `UNAUTHENTICATED` for what is forged, expired, revoked or no
   *  credential at all. */
  authenticate(authorization: string | undefined): Promise<Principal>;
  /** Whether the credential has neither expired nor been revoked: for sockets and streams that stay open. */
  holds(principal: Principal): Promise<boolean>;
}

/** Takes nobody for anybody: for servers that only read what is public. */
export const publicOnly: Authenticator = {
  known: (authorization) => (authorization === undefined ? anonymous : undefined),
  async authenticate(authorization) {
    if (authorization === undefined) return anonymous;
    throw new CodedError('UNAUTHENTICATED', 'This server takes no credentials.');
  },
  holds: async ({ kind }) => kind === 'anonymous',
};
