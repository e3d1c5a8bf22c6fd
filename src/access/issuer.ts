import type { Principal } from './principal.ts';

/** One who vouches for tokens. */
export interface Issuer {
  /** What its tokens say in `iss`. */
  readonly name: string;
  /** The principal of a token that says it is this issuer's. Errors: `UNAUTHENTICATED`; `E_UNAVAILABLE` where what it takes to
   *  decide cannot be had at the moment. */
  verify(token: string): Promise<Principal>;
  /** Whether a principal of this issuer is known and was not revoked since; undefined for another's. */
  holds(principal: Principal): boolean | undefined;
}
