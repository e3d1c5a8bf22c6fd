/** Messages of events: executed each in its own picture, and sent only once the looks that they are have been recorded. */
import type { Position, RecordedEvent } from '../es/event.ts';
import type { Services } from '../graphql/context.ts';
import { eventView } from '../graphql/event.ts';
import { Rights } from '../graphql/rights.ts';
import { Scene } from '../graphql/scene.ts';
import type { LiveMessage } from './live.ts';
import { Pace } from './pace.ts';
import type { EventsQuestion } from './question.ts';
import type { Renderer } from './renderer.ts';

export interface Batch {
  readonly messages: readonly LiveMessage[];
  /** All events up to here are among the messages; null where all that were given are. */
  readonly until: Position | null;
  readonly chars: number;
}

/** Makes the messages of events that match and may be seen, in their order, as many as have room. Errors: `E_ACCESS_LOG`. */
export async function messagesOf(
  renderer: Renderer,
  services: Pick<Services, 'recordLook' | 'today'>,
  question: EventsQuestion,
  events: readonly RecordedEvent[],
  charsMax: number,
  stopped: AbortSignal,
): Promise<Batch> {
  const pace = new Pace();
  const messages: LiveMessage[] = [];
  const streams = new Set<string>();
  let chars = 0;
  let until: Position | null = null;
  for (const event of events) {
    if (chars >= charsMax) break;
    const { position } = event;
    const rendered = await renderer.render(
      question,
      // The event's own picture: whoever is told it later is told the same, but for what a new day changes.
      { effectiveOn: services.today(), position },
      (context) => {
        // Rights may have moved since the page was read.
        if (!Rights.of(context).covers(event.stream)) return null;
        return { __typename: 'EventRecorded', position, event: eventView(Scene.now(context), event) };
      },
      stopped,
    );
    until = position;
    if (!rendered) continue;
    messages.push({ position, json: rendered.json });
    chars += rendered.json.length;
    for (const stream of rendered.disclosed) streams.add(stream);
    await pace.breathe();
  }
  if (streams.size > 0) {
    const { principal, operation, requestId } = question;
    await services.recordLook({ principal, streams: [...streams], operation, requestId });
  }
  return { messages, until: until === events.at(-1)?.position ? null : until, chars };
}
