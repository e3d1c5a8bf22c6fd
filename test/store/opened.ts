import type { RecordedEvent } from '../../src/es/event.ts';
import type { EventStore } from '../../src/es/store.ts';
import { fact } from '../support/facts.ts';

/** Opens the store under test, empty, for the test that asks: it is closed when that test has finished. */
export type Opened = (clock?: { now: number }) => Promise<EventStore>;

/** Appends `count` events to a stream, whatever it holds. */
export async function fill(store: EventStore, stream: string, count: number): Promise<readonly RecordedEvent[]> {
  const { events } = await store.append(stream, Array(count).fill(fact(stream)), 'any');
  return events;
}
