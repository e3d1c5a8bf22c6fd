import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey } from '../../src/graphql/address-key.ts';
import { MemoryRateLimiter } from '../../src/graphql/rate-limit.ts';

/** A limiter whose clock the test moves. */
function limiter(options: { perSecond: number; burst: number; keysMax?: number }) {
  const clock = { ms: 0 };
  return { clock, limiter: new MemoryRateLimiter({ keysMax: 10, ...options, now: () => clock.ms }) };
}

describe('MemoryRateLimiter', () => {
  it('lets a burst through, then says how long to wait', () => {
    const { limiter: bucket, clock } = limiter({ perSecond: 2, burst: 3 });
    expect([1, 2, 3].map(() => bucket.take('a').remaining)).toEqual([2, 1, 0]);
    expect(bucket.take('a')).toEqual({ ok: false, remaining: 0, resetMs: 1_500, retryAfterMs: 500 });
    clock.ms = 499;
    expect(bucket.take('a').ok).toBe(false);
    clock.ms = 500;
    expect(bucket.take('a')).toMatchObject({ ok: true, remaining: 0 });
  });

  it('counts each key for itself', () => {
    const { limiter: bucket } = limiter({ perSecond: 1, burst: 1 });
    expect([bucket.take('a').ok, bucket.take('b').ok, bucket.take('a').ok]).toEqual([true, true, false]);
  });

  it('takes what an operation costs, or nothing', () => {
    const { limiter: bucket } = limiter({ perSecond: 1, burst: 10 });
    expect(bucket.take('a', 7)).toMatchObject({ ok: true, remaining: 3 });
    expect(bucket.take('a', 7)).toMatchObject({ ok: false, remaining: 3, retryAfterMs: 4_000 });
    expect(bucket.take('a', 3).ok).toBe(true);
  });

  it('never lets more through than the burst and what came since, whenever it is asked', () => {
    const step = fc.record({ wait: fc.integer({ min: 0, max: 3_000 }), cost: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { limiter: bucket, clock } = limiter({ perSecond: 3, burst: 5 });
        let passed = 0;
        for (const { wait, cost } of steps) {
          clock.ms += wait;
          if (bucket.take('a', cost).ok) passed += cost;
          expect(passed).toBeLessThanOrEqual(5 + (3 * clock.ms) / 1_000 + 1e-6);
        }
      }),
    );
  });

  it('lets whoever waits as long as it was told through', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 50 }), (perSecond, burst) => {
        const { limiter: bucket, clock } = limiter({ perSecond, burst });
        let taken = bucket.take('a');
        while (taken.ok) taken = bucket.take('a');
        clock.ms += Math.ceil(taken.retryAfterMs);
        expect(bucket.take('a').ok).toBe(true);
      }),
    );
  });

  it('remembers no more buckets than it may', () => {
    const { limiter: bucket } = limiter({ perSecond: 1, burst: 1, keysMax: 2 });
    for (const key of ['a', 'b', 'c']) bucket.take(key);
    // The oldest one is forgotten, the others are not.
    expect([bucket.take('c').ok, bucket.take('b').ok, bucket.take('a').ok]).toEqual([false, false, true]);
  });
});

describe('addressKey', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('counts %s as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});
