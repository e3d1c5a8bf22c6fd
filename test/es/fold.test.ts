import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../src/es/event.ts';
import { eventsAt, inEffectOrder, VOID_EVENT, voidedIds } from '../../src/es/fold.ts';
import { fact } from '../support/facts.ts';

const stream = 'village-v_0';
const recorded = (position: number, parts: Partial<RecordedEvent> = {}): RecordedEvent => ({
  ...fact(stream),
  id: `e${position}`,
  stream,
  revision: position - 1,
  position,
  recordedAt: position,
  ...parts,
});
const voidOf = (position: number, voids: string) => recorded(position, { type: VOID_EVENT, voids });
const replaces = (position: number, voids: string) => recorded(position, { voids });
const ids = (events: readonly RecordedEvent[]) => events.map(({ id }) => id);

describe('voidedIds()', () => {
  it.each([
    ['nothing', [recorded(1)], []],
    ['what a void names', [recorded(1), voidOf(2, 'e1')], ['e1']],
    ['what a correction replaces', [recorded(1), replaces(2, 'e1')], ['e1']],
    ['only the void, where a void is voided', [recorded(1), voidOf(2, 'e1'), voidOf(3, 'e2')], ['e2']],
    ['only the correction, where a correction is voided', [recorded(1), replaces(2, 'e1'), voidOf(3, 'e2')], ['e2']],
    ['both, where a correction is corrected', [recorded(1), replaces(2, 'e1'), replaces(3, 'e2')], ['e1', 'e2']],
    [
      'the first, where the second correction is voided',
      [recorded(1), replaces(2, 'e1'), replaces(3, 'e2'), voidOf(4, 'e3')],
      ['e1', 'e3'],
    ],
    [
      'a chain of voids, by turns',
      [recorded(1), voidOf(2, 'e1'), voidOf(3, 'e2'), voidOf(4, 'e3'), voidOf(5, 'e4')],
      ['e2', 'e4'],
    ],
  ])('holds %s', (_, events, voided) => {
    expect([...voidedIds(events)].sort()).toEqual(voided);
    expect([...voidedIds([...events].reverse())].sort()).toEqual(voided);
  });
});

describe('eventsAt()', () => {
  const late = recorded(3, { effectiveOn: '2018-01-01' });
  const events = [
    recorded(1, { effectiveOn: '2017-01-01' }),
    recorded(2, { effectiveOn: '2019-01-01' }),
    late,
    voidOf(4, 'e2'),
  ];

  it('puts a late event in its place', () => {
    expect(ids(eventsAt(events, '2020-01-01', 3))).toEqual(['e1', 'e3', 'e2']);
  });

  it('knows no more than was recorded', () => {
    expect(ids(eventsAt(events, '2020-01-01', 2))).toEqual(['e1', 'e2']);
  });

  it('includes the day itself', () => {
    expect(ids(eventsAt(events, '2018-01-01', 4))).toEqual(['e1', 'e3']);
  });

  it('takes a void into account from when it is known', () => {
    expect(ids(eventsAt(events, '2019-01-01', 4))).not.toContain('e2');
    expect(ids(eventsAt(events, '2019-01-01', 3))).toContain('e2');
  });

  it('gives the same for any order of its input', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
        expect(ids(eventsAt(shuffled, '2020-01-01', 4))).toEqual(ids(eventsAt(events, '2020-01-01', 4)));
      }),
    );
  });
});

describe('inEffectOrder()', () => {
  it('lets the later recorded of two facts of one day have the last word', () => {
    expect([recorded(2), recorded(1)].sort(inEffectOrder).map(({ id }) => id)).toEqual(['e1', 'e2']);
  });
});
