import { describe, expect, it } from 'vitest';
import { grantOf, grantText } from '../../src/access/grant-text.ts';
import { keyDaysMax, keyExpiry } from '../../src/access/key-expiry.ts';
import { localName } from '../../src/access/own-issuer.ts';
import { roles } from '../../src/access/principal.ts';
import { ttlMsMax, ttlMsOf } from '../../src/access/token-ttl.ts';

const dayMs = 86_400_000;

describe('grantOf()', () => {
  it('reads what grantText() writes', () => {
    for (const role of roles) {
      for (const within of [null, '44', '4401', '440118', '440118102']) {
        expect(grantOf(grantText({ role, within }))).toEqual({ role, within });
      }
    }
  });

  it.each([
    '',
    'Clerk',
    'gardener',
    'clerk:',
    'clerk:44011',
    'clerk:4401:18',
    'clerk: 4401',
    'clerk:440118102243',
    ':44',
    '__proto__',
  ])('takes no other text: %j', (text) => {
    expect(grantOf(text)).toBeNull();
  });
});

describe('ttlMsOf()', () => {
  it('reads minutes, hours and days up to a year', () => {
    expect([ttlMsOf('15m'), ttlMsOf('8h'), ttlMsOf('365d')]).toEqual([900_000, 28_800_000, ttlMsMax]);
  });

  it.each(['', '0h', '8', 'h', '-1h', '1.5h', '366d', '8761h', '8H', '8h ', '1w'])(
    'takes no other text: %j',
    (text) => {
      expect(ttlMsOf(text)).toBeNull();
    },
  );
});

describe('keyExpiry()', () => {
  const now = Date.UTC(2024, 4, 31, 16, 30);

  it('is the end of the day in Shanghai, from today on', () => {
    expect(keyExpiry('2024-06-01', now)).toBe(Date.UTC(2024, 5, 1, 16));
    expect(keyExpiry('2024-05-31', now)).toBeNull();
  });

  it('lies no further ahead than a key may hold', () => {
    const last = Date.UTC(2024, 5, 1, 16) + (keyDaysMax - 1) * dayMs;
    expect(keyExpiry('2026-06-01', now)).toBe(last);
    expect(keyExpiry('2026-06-02', now)).toBeNull();
    expect(keyExpiry('2024-13-01', now)).toBeNull();
  });
});

describe('localName', () => {
  it.each(['key:0123456789abcdef', 'oidc:somebody', '', '.', '张三', 'a b', 'x'.repeat(65)])('is never %j', (name) => {
    expect(localName.test(name)).toBe(false);
  });
});
