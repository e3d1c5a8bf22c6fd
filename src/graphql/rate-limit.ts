/** How many requests one client may send: a bucket of tokens that fills at a steady rate and is emptied by asking. */
import { LRUCache } from 'lru-cache';

/** What is left to a client after it has asked. */
export interface Allowance {
  /** False where there was nothing left: then nothing was taken. */
  readonly ok: boolean;
  /** Whole requests that it may still send at once. */
  readonly remaining: number;
  /** How long until its bucket is full again, in whole milliseconds. */
  readonly resetMs: number;
  /** How long until the same request may pass; 0 where it did. */
  readonly retryAfterMs: number;
}

/** Counts by key. A promise where the count is shared between nodes. */
export interface RateLimiter {
  /** Takes `cost` tokens, one where it is left out. */
  take(key: string, cost?: number): Allowance | Promise<Allowance>;
}

export interface BucketOptions {
  /** Tokens that come in a second; above 0. */
  readonly perSecond: number;
  /** Tokens that a full bucket holds. */
  readonly burst: number;
  /** Milliseconds that never run backwards; the process's own clock where it is left out. */
  readonly now?: () => number;
  /** Buckets remembered. The one that was used longest ago is forgotten first, and would have filled up soonest. */
  readonly keysMax?: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

const keysMaxUsual = 50_000;
/** Fractions of tokens are binary ones: less than this is nothing. */
const speck = 1e-6;

/** Buckets in this process's memory, of which there are never more than a bound. */
export class MemoryRateLimiter implements RateLimiter {
  private readonly buckets: LRUCache<string, Bucket>;
  private readonly now: () => number;
  private readonly perMs: number;
  private readonly burst: number;

  constructor({ perSecond, burst, now, keysMax }: BucketOptions) {
    this.buckets = new LRUCache({ max: keysMax ?? keysMaxUsual });
    this.now = now ?? (() => performance.now());
    this.perMs = perSecond / 1_000;
    this.burst = burst;
  }

  take(key: string, cost = 1): Allowance {
    const bucket = this.filled(key);
    const ok = bucket.tokens > cost - speck;
    if (ok) bucket.tokens = Math.max(0, bucket.tokens - cost);
    return {
      ok,
      remaining: Math.floor(bucket.tokens + speck),
      resetMs: this.timeFor(this.burst - bucket.tokens),
      retryAfterMs: ok ? 0 : this.timeFor(cost - bucket.tokens),
    };
  }

  private timeFor(tokens: number): number {
    return Math.ceil(tokens / this.perMs - speck);
  }

  private filled(key: string): Bucket {
    const at = this.now();
    const known = this.buckets.get(key);
    if (!known) {
      const bucket = { tokens: this.burst, at };
      this.buckets.set(key, bucket);
      return bucket;
    }
    known.tokens = Math.min(this.burst, known.tokens + (at - known.at) * this.perMs);
    known.at = at;
    return known;
  }
}
