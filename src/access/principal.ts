/** Who asks: an identity and what it was given. */
import type { Instant, LocalDate } from '../es/event.ts';

/** What a person or program may be. Everybody is `public` beside. */
export const roles = ['clerk', 'approver', 'auditor', 'personal-data-reader', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** A role within a division and what lies below it. */
export interface Grant {
  readonly role: Role;
  /** Code of the division, as it was on the day of `Principal.grantedOn`; null for everything. */
  readonly within: string | null;
}

export interface Principal {
  /** What `recordedBy` says: the same person has the same name for ever. No personal data. Empty for the anonymous. */
  readonly id: string;
  readonly kind: 'anonymous' | 'token' | 'key';
  readonly grants: readonly Grant[];
  /** Day on which the grants were given: their codes are read as of it. */
  readonly grantedOn: LocalDate;
  /** Milliseconds since the epoch from which nothing is granted any more; null where it never ends. */
  readonly expiresAt: Instant | null;
  /** The token or key, by its own id: what is revoked, and what limits are counted by. Empty for the anonymous. */
  readonly credential: string;
}

/** Whoever shows no credential. */
export const anonymous: Principal = Object.freeze({
  id: '',
  kind: 'anonymous',
  grants: [],
  grantedOn: '1900-01-01',
  expiresAt: null,
  credential: '',
});

/** The same for all who may see the same: `public` for those who were given nothing. */
export function rightsKey({ grants, grantedOn }: Principal): string {
  if (grants.length === 0) return 'public';
  const each = grants.map(({ role, within }) => `${role}:${within ?? ''}`).sort();
  return `${grantedOn} ${[...new Set(each)].join(' ')}`;
}
