/** The log after a position, as one who asks may see it: what catching up is made of, with or without GraphQL. */
import type { Principal } from '../access/principal.ts';
import { rightToSee } from '../access/restricted.ts';
import type { Position, RecordedEvent } from '../es/event.ts';
import type { RequestContext, Services } from '../graphql/context.ts';
import { EventConditions } from '../graphql/event-conditions.ts';
import type { EventFilter } from '../graphql/event-filter.ts';
import { Scene } from '../graphql/scene.ts';
import { newEffort } from '../graphql/turn.ts';

const pageEventsMax = 500;

export interface VisibleQuestion {
  readonly services: Services;
  readonly principal: Principal;
  readonly filter: EventFilter;
  /** What the log of looks calls it: the operation, the webhook. */
  readonly operation: string;
  readonly requestId: string;
}

/** Events after a position that match and may be seen, by position: all of them up to `until`. */
export interface VisiblePage {
  readonly events: readonly RecordedEvent[];
  readonly until: Position;
}

/** The next page after a position, up to `until` at most; empty where nothing in it matches. Nothing is recorded as looked at
 *  yet. Errors: those of the store and the read model. */
export async function readVisible(
  context: RequestContext,
  filter: EventFilter,
  after: Position,
  until: Position,
): Promise<VisiblePage> {
  const conditions = new EventConditions(Scene.now(context), filter);
  const { store } = context.services;
  const read = await store.readLog({ from: after, until, limit: pageEventsMax, filter: conditions.stored });
  const last = read.length < pageEventsMax ? until : (read.at(-1)?.position ?? until);
  return { events: read.filter((event) => conditions.matches(event)), until: last };
}

/** Every page after a position, without end: those of the past, then those that come. Looks at what is not public are recorded
 *  before a page is given. Ends when `stopped`. Errors: those of the store and the read model, `E_ACCESS_LOG`; to go on, ask
 *  again after the last page. */
export async function* visiblePages(
  question: VisibleQuestion,
  after: Position,
  stopped: AbortSignal,
): AsyncGenerator<VisiblePage, void, undefined> {
  const { services, principal, filter, operation, requestId } = question;
  const { readModel, today, recordLook } = services;
  for (let position = after; !stopped.aborted; ) {
    await applied(services, position, stopped);
    if (stopped.aborted) return;
    const basis = { effectiveOn: today(), position: readModel.position };
    const context = { services, requestId, principal, basis, ...emptyContext() };
    const page = await readVisible(context, filter, position, basis.position);
    const streams = [...new Set(page.events.map(({ stream }) => stream))].filter((each) => rightToSee(each) !== null);
    if (streams.length > 0) await recordLook({ principal, streams, operation, requestId });
    yield page;
    position = page.until;
  }
}

const emptyContext = () => ({
  reads: new Set<string>(),
  disclosed: new Set<string>(),
  loaders: new Map<string, unknown>(),
  effort: newEffort(),
});

/** Resolves when the read model has something after the position, or when stopped. */
function applied({ readModel, onApplied }: Services, position: Position, stopped: AbortSignal): Promise<void> {
  if (readModel.position > position || stopped.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => {
      if (readModel.position <= position && !stopped.aborted) return;
      silence();
      stopped.removeEventListener('abort', look);
      resolve();
    };
    const silence = onApplied(look);
    stopped.addEventListener('abort', look);
  });
}
