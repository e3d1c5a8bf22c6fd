/** Looks at what is not public: who was shown which streams. Stream `access-<16 hex of the principal's id>`, one a principal. No
 *  command writes it: the server does, before what was asked for goes out (graphql/access-log.ts). */
import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Aggregate } from '../es/aggregate.ts';
import { streamOf } from '../es/event.ts';
import { plainGuard } from './act.ts';
import { event, text } from './vocabulary.ts';

/** Streams that one event names at most. */
export const streamsOfLookMax = 100;

/** The stream of what a principal looked at. */
export const accessStreamOf = (principal: string): string => streamOf('access', hash('sha256', principal).slice(0, 16));

/** The subject under which the log finds every look at a stream. No entity has a stream of this name: what is decided on a
 *  thing, and its read models, rest on no look at it. */
export const seenSubject = (stream: string): string => `seen-${stream}`;

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
const events = {
  RestrictedHistoryRead: event(
    'What is not public was shown to somebody.',
    {
      by: text(120).describe('Whom it was shown to.'),
      operation: text(200).describe('What was asked: the fields of the operation, the export, the webhook.'),
      streams: z.array(text(120)).min(1).max(streamsOfLookMax).describe('Streams of what was shown.'),
      requestId: text(120).optional().describe('The request, as the server’s log has it.'),
    },
    { zh: '查阅受限记录', subjects: ({ streams }) => streams.map(seenSubject) },
  ),
};
const commands = {};

export const access: Aggregate<typeof events, null, typeof commands> = {
  name: 'access',
  events,
  commands,
  initial: null,
  guard: plainGuard,
  evolve: { RestrictedHistoryRead: (state) => state },
  decide: {},
};
