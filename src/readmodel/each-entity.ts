/** Every event that names an entity, entity by entity: its own stream's with what other streams say of it. */
import type { RecordedEvent } from '../es/event.ts';
import type { EventStore, StreamRange } from '../es/store.ts';

interface Entity {
  readonly stream: string;
  /** By position; never empty. */
  readonly events: readonly RecordedEvent[];
}

/** The entities of the range that any event names, in the order of their names. Holds a batch of either reading at a time;
 *  `onBatch` hears of each, so that a long reading can be ended. */
export async function* eachEntity(store: EventStore, range: StreamRange, onBatch: () => void): AsyncGenerator<Entity> {
  const [owns, shares] = [ownEvents(store, range, onBatch), sharedEvents(store, range, onBatch)];
  let [own, shared] = [await next(owns), await next(shares)];
  while (own || shared) {
    if (own && (!shared || own.stream < shared.stream)) {
      yield own;
      own = await next(owns);
    } else if (shared && (!own || shared.stream < own.stream)) {
      yield shared;
      shared = await next(shares);
    } else if (own && shared) {
      const events = [...own.events, ...shared.events].sort((a, b) => a.position - b.position);
      yield { stream: own.stream, events };
      [own, shared] = [await next(owns), await next(shares)];
    }
  }
}

const next = async (entities: AsyncIterator<Entity>): Promise<Entity | null> => {
  const { done, value } = await entities.next();
  return done ? null : value;
};

async function* ownEvents(store: EventStore, range: StreamRange, onBatch: () => void): AsyncGenerator<Entity> {
  for await (const batch of store.readStreams(range)) {
    onBatch();
    let start = 0;
    for (let i = 1; i <= batch.length; i++) {
      const { stream } = batch[start] as RecordedEvent;
      if (batch[i]?.stream === stream) continue;
      yield { stream, events: batch.slice(start, i) };
      start = i;
    }
  }
}

async function* sharedEvents(store: EventStore, range: StreamRange, onBatch: () => void): AsyncGenerator<Entity> {
  for await (const batch of store.readShared(range)) {
    onBatch();
    for (const { subject, events } of batch) yield { stream: subject, events };
  }
}
