import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aggregateOf, eventId, idOf, parseEventId, streamOf } from '../../src/es/event.ts';

const aggregate = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/);
const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/);

describe('a stream', () => {
  it('is its aggregate’s name and its entity’s id, and gives both back', () => {
    fc.assert(
      fc.property(aggregate, id, (name, entity) => {
        const stream = streamOf(name, entity);
        expect([aggregateOf(stream), idOf(stream)]).toEqual([name, entity]);
      }),
    );
  });
});

describe('an event id', () => {
  it('gives its stream and revision back', () => {
    fc.assert(
      fc.property(aggregate, id, fc.integer({ min: 0, max: 999_999_999 }), (name, entity, revision) => {
        const stream = streamOf(name, entity);
        expect(parseEventId(eventId(stream, revision))).toEqual({ stream, revision });
      }),
    );
  });

  it.each([
    '',
    '.',
    '.0',
    'village',
    'village-v_0',
    'village-v_0.',
    'village-v_0.-1',
    'village-v_0.01',
    'village-v_0.1e3',
    'village-v_0.1 ',
    ' village-v_0.1',
    'village-v_0.1\n',
    'village-v_0.1.1',
    'village-.1',
    'Village-v_0.1',
    '1village-v.1',
    'village-v\u0000.1',
    'village-村.1',
    'village-v.１',
    'village-v.9999999999',
    "village-v';--.1",
    '../village-v.1',
  ])('is not %j', (text) => {
    expect(parseEventId(text)).toBeNull();
  });

  it('is parsed without harm from any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const parsed = parseEventId(text);
        if (parsed) expect(eventId(parsed.stream, parsed.revision)).toBe(text);
        else expect(parsed).toBeNull();
      }),
    );
  });
});
