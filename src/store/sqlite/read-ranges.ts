/** Reads of a rebuild: the log by the entities that events name. A slice comes out of SQLite as one JSON text, which takes
 *  half the time of a row for each event. */
import type { RecordedEvent } from '../../es/event.ts';
import type { SharedEvents, StreamRange } from '../../es/store.ts';
import { decodeEvent, type StoredEvent } from '../envelope.ts';
import { turn } from '../turn.ts';
import type { LogFile } from './log-file.ts';
import * as sql from './sql.ts';

/** Events of one slice: a few milliseconds. */
const sliceEvents = 500;
/** Stands after every stream's name. */
const afterStreams = '~';

interface Named {
  readonly name: string;
  readonly event: RecordedEvent;
}

/** `EventStore.readStreams` over the log's file. */
export async function* readStreams(file: LogFile, range: StreamRange): AsyncGenerator<readonly RecordedEvent[]> {
  const slices = slicesOf<StoredEvent>(
    file,
    sql.selectStreams,
    range,
    [-1],
    ([, , revision]) => revision,
    (stored) => ({ name: stored[1], event: decodeEvent(stored) }),
  );
  for await (const batch of wholeEntities(slices)) yield batch.map(({ event }) => event);
}

type StoredShared = readonly [subject: string, ...StoredEvent];

/** `EventStore.readShared` over the log's file. */
export async function* readShared(file: LogFile, range: StreamRange): AsyncGenerator<readonly SharedEvents[]> {
  const slices = slicesOf<StoredShared>(
    file,
    sql.selectShared,
    range,
    [0],
    ([, position]) => position,
    ([name, ...stored]) => ({ name, event: decodeEvent(stored) }),
  );
  for await (const batch of wholeEntities(slices)) {
    const found: { subject: string; events: RecordedEvent[] }[] = [];
    for (const { name, event } of batch) {
      const last = found.at(-1);
      if (last?.subject === name) last.events.push(event);
      else found.push({ subject: name, events: [event] });
    }
    yield found;
  }
}

/** Slices in the order of names and, within one, of the number that `place` tells; `[start]` stands before the first. */
async function* slicesOf<Stored>(
  file: LogFile,
  statement: string,
  { from = '', before = afterStreams, until, except = [] }: StreamRange,
  [start]: readonly [number],
  place: (stored: Stored) => number,
  decode: (stored: Stored) => Named,
): AsyncGenerator<Named[]> {
  const types = except.length > 0 ? JSON.stringify(except) : null;
  let [name, last] = [from, start];
  for (;;) {
    const stored = file.run(() => {
      const [text] = file.statement(statement).get(name, last, before, until, types, sliceEvents) as [string | null];
      return JSON.parse(`[${text ?? ''}]`) as Stored[];
    });
    if (stored.length === 0) return;
    const slice = stored.map(decode);
    yield slice;
    if (stored.length < sliceEvents) return;
    name = (slice.at(-1) as Named).name;
    last = place(stored.at(-1) as Stored);
    await turn();
  }
}

/** The same events in batches of whole entities: the last of a slice may go on in the next. */
async function* wholeEntities(slices: AsyncIterable<Named[]>): AsyncGenerator<readonly Named[]> {
  let batch: Named[] = [];
  for await (const slice of slices) {
    const goesOn = slice[slice.length - 1]?.name;
    batch = batch.concat(slice);
    const whole = batch.findLastIndex(({ name }) => name !== goesOn) + 1;
    if (whole === 0) continue;
    yield batch.slice(0, whole);
    batch = batch.slice(whole);
  }
  if (batch.length > 0) yield batch;
}
