/** The exact cache: an answer is given again only while asking anew would give the same. No time to live, nothing to
 *  invalidate: an entry knows which projections it rested on and the last position that had touched them, and it counts
 *  only while that position and the day in Shanghai are the same. Nothing stale can leave it; what is old is displaced. */
import { LRUCache } from 'lru-cache';
import { canonicalJson } from '../es/canonical.ts';
import type { LocalDate, Position } from '../es/event.ts';
import type { ReadModel } from '../es/projection.ts';
import type { GraphQLRequest } from './admission.ts';
import type { Basis } from './basis.ts';
import { entityTag } from './http-cache.ts';

/** The name in `RequestContext.reads` of the log itself. */
const LOG = 'log';

export interface CachedAnswer {
  /** The whole body, with the basis of this moment. */
  readonly body: Buffer;
  readonly cost: number;
  /** True where the answer can never change. */
  readonly isPinned: boolean;
  /** The tag of the data. */
  readonly tag: () => string;
}

interface Entry {
  readonly data: string;
  readonly cost: number;
  readonly costJson: string;
  readonly projections: readonly string[];
  readonly restsOnLog: boolean;
  readonly touched: Position;
  readonly effectiveOn: LocalDate;
  readonly position: Position;
  readonly generation: string;
  readonly appends: number;
  /** What the answer rests on for ever; null where it rests on what is now. */
  readonly pinned: Pinned | null;
  tag: string | undefined;
  /** The body as last sent, and the basis that it states. */
  body: Buffer | undefined;
  basis: Basis | undefined;
}

export interface ResponseCacheOptions {
  readonly readModel: ReadModel;
  /** Bytes of answers and of the requests that ask for them; 0 switches the cache off. */
  readonly bytesMax: number;
}

export interface Answer {
  readonly request: GraphQLRequest;
  /** `rightsKey` of who asked: whoever may see the same is given the same. */
  readonly rights: string;
  /** The result's JSON without `extensions`, and without errors. */
  readonly data: string;
  readonly cost: number;
  readonly costJson: string;
  readonly reads: ReadonlySet<string>;
  /** The basis that the answer was made on, and the one that stands now. */
  readonly basis: Basis;
  readonly now: Basis | undefined;
  /** What it rests on for ever, whatever is appended; null where it rests on what is now. */
  readonly pinned: Pinned | null;
}

type Pinned = Pick<Basis, 'json'>;

export class ResponseCache {
  private readonly entries: LRUCache<string, Entry> | undefined;
  /** Bodies of requests as they were sent, with the key that they mean: spares parsing them again. */
  private readonly keys: LRUCache<string, string> | undefined;

  constructor(private readonly options: ResponseCacheOptions) {
    const { bytesMax } = options;
    if (bytesMax <= 0) return;
    const entryBytesMax = Math.ceil(bytesMax / 8);
    this.entries = new LRUCache({ maxSize: bytesMax, maxEntrySize: entryBytesMax });
    this.keys = new LRUCache({ maxSize: Math.ceil(bytesMax / 4), maxEntrySize: entryBytesMax });
  }

  /** The answer to a body seen before, if it still holds on this basis. */
  findRaw(body: string, rights: string, basis: Basis): CachedAnswer | undefined {
    const key = this.keys?.get(rawKey(body, rights));
    return key === undefined ? undefined : this.findKey(key, basis);
  }

  /** The answer to a request, if it still holds; the next such body is found without being parsed. */
  find(request: GraphQLRequest, body: string, rights: string, basis: Basis): CachedAnswer | undefined {
    if (!this.entries) return undefined;
    const key = keyOf(request, rights);
    const found = this.findKey(key, basis);
    if (found) this.keys?.set(rawKey(body, rights), key, { size: 2 * (body.length + key.length) + 1 });
    return found;
  }

  /** Keeps an answer, where it can be known when it ceases to hold. */
  keep(answer: Answer): void {
    const { reads, basis, now, data, pinned } = answer;
    const restsOnLog = pinned === null && reads.has(LOG);
    // The log may have grown while the answer was made: then nobody knows which log it speaks of.
    if (!this.entries || (restsOnLog && now?.appends !== basis.appends)) return;
    // A rebuilt read model took over meanwhile: the answer may be of either.
    if (this.options.readModel.generation !== basis.generation) return;
    const projections = pinned === null ? [...reads].filter((name) => name !== LOG) : [];
    const key = keyOf(answer.request, answer.rights);
    const entry: Entry = {
      data,
      cost: answer.cost,
      costJson: answer.costJson,
      projections,
      restsOnLog,
      touched: this.touched(projections, basis.position),
      effectiveOn: basis.effectiveOn,
      position: basis.position,
      generation: basis.generation,
      appends: basis.appends,
      pinned,
      tag: undefined,
      body: undefined,
      basis: undefined,
    };
    // The text, the body made of it, and the key.
    this.entries.set(key, entry, { size: 4 * data.length + 2 * key.length + 500 });
  }

  private findKey(key: string, basis: Basis): CachedAnswer | undefined {
    const entry = this.entries?.get(key);
    if (!entry) return undefined;
    if (entry.basis !== basis || !entry.body) {
      if (!this.holds(entry, basis)) {
        this.entries?.delete(key);
        return undefined;
      }
      entry.body = Buffer.from(withExtensions(entry.data, entry.pinned ?? basis, entry.costJson));
      entry.basis = basis;
    }
    const tag = () => {
      entry.tag ??= entityTag(entry.data);
      return entry.tag;
    };
    return { body: entry.body, cost: entry.cost, isPinned: entry.pinned !== null, tag };
  }

  private holds(entry: Entry, basis: Basis): boolean {
    if (entry.generation !== basis.generation) return false;
    if (entry.pinned) return true;
    if (entry.effectiveOn !== basis.effectiveOn) return false;
    if (entry.restsOnLog && (entry.position !== basis.position || entry.appends !== basis.appends)) return false;
    return entry.touched === this.touched(entry.projections, basis.position);
  }

  private touched(projections: readonly string[], until: Position): Position {
    return projections.length === 0 ? 0 : this.options.readModel.touched(projections, until);
  }
}

/** A result's JSON with what it rests on and what it cost. */
export function withExtensions(data: string, basis: Pick<Basis, 'json'> | undefined, costJson: string): string {
  return `${data.slice(0, -1)},"extensions":{${basis ? `"basis":${basis.json},` : ''}"cost":${costJson}}}`;
}

const rawKey = (body: string, rights: string): string => `${rights}\n${body}`;

function keyOf({ query, operationName, variables }: GraphQLRequest, rights: string): string {
  return `${rights}\n${operationName ?? ''}\n${canonicalJson(variables ?? {})}\n${query}`;
}
