import type { Instant } from '../es/event.ts';
import type { Grant } from './principal.ts';

/** A key of a machine, without anything of its secret. */
export interface ApiKey {
  readonly id: string;
  /** What it is for. */
  readonly name: string;
  readonly grants: readonly Grant[];
  /** Who made it: as `recordedBy`. */
  readonly createdBy: string;
  readonly createdAt: Instant;
  /** From then on it holds no longer. */
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
  /** To the hour; null where it was never used. */
  readonly lastUsedAt: Instant | null;
}

export type NewApiKey = Pick<ApiKey, 'name' | 'grants' | 'createdBy' | 'expiresAt'>;

/** The keys of a data folder. Errors of all: `E_UNAVAILABLE`; of what writes also `E_STORAGE_FULL`, `E_READ_ONLY`. */
export interface ApiKeys {
  /** All of them, revoked and expired ones too, the newest first. */
  list(): readonly ApiKey[];
  /** Makes a key. Its text is told here and never again. */
  create(key: NewApiKey): { readonly key: ApiKey; readonly text: string };
  /** Revokes a key for ever; null where there is none. The same again changes nothing. */
  revoke(id: string): ApiKey | null;
}
