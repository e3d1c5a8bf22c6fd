/** Counts as they change, for all who ask for the same with the same rights: compared and executed once. */
import type { Position } from '../es/event.ts';
import type { Moment } from '../es/projection.ts';
import { type Division, divisionsOf } from '../graphql/division.ts';
import { Scene } from '../graphql/scene.ts';
import { Feed, type FeedDeps } from './feed.ts';
import type { LiveMessage } from './live.ts';
import { wait } from './pace.ts';
import type { TallyQuestion } from './question.ts';
import type { Reader } from './reader.ts';
import { changedSince } from './tally-changes.ts';
import type { Known } from './tally-known.ts';

/** Changes that follow each other within this time are told as one. */
const quietMs = 50;
const keptMax = 16;

export class TallyFeed extends Feed<TallyQuestion> {
  /** The counts that those who are up to date have. */
  private at: Moment;
  /** What those have who are not. */
  private readonly known = new WeakMap<Reader, Known>();
  /** Messages that lead from what somebody has to what all have now. */
  private readonly kept = new Map<string, Promise<LiveMessage | null>>();

  constructor(deps: FeedDeps, question: TallyQuestion, onEmpty: () => void) {
    super(deps, question, onEmpty);
    this.at = deps.renderer.now();
  }

  get position(): Position {
    return this.at.position;
  }

  get size() {
    return { messages: this.kept.size, chars: 0 };
  }

  protected get moment(): Moment {
    return this.at;
  }

  /** Takes a reader in that has these counts. */
  enter(reader: Reader, known: Known): void {
    this.known.set(reader, known);
    this.join(reader, false);
  }

  protected async run(): Promise<void> {
    while (!this.stopped.aborted) {
      await this.step();
      await this.tellCaughtUp();
      if (this.isCurrent(this.deps.renderer.now())) return;
      await wait(quietMs, this.stopped);
    }
  }

  protected async bring(reader: Reader): Promise<void> {
    while (!reader.isEnded && !this.stopped.aborted) {
      const { at } = this;
      const message = await this.since(this.known.get(reader) ?? null);
      if (reader.isEnded) return;
      // The others went on meanwhile: what they have now is what this one needs.
      if (at !== this.at) continue;
      const goesOn = message === null || reader.hand(message);
      this.fellBehind(reader);
      reader.standAt(at.position);
      if (goesOn) {
        this.audience.goesLive(reader);
        return this.wake();
      }
      if (!reader.isEnded) await reader.drained();
    }
  }

  /** It has what all have now. */
  protected override fellBehind(reader: Reader): void {
    this.known.set(reader, known(this.at));
  }

  private isCurrent({ position, effectiveOn }: Moment): boolean {
    // A read model that is built anew may stand before what was told.
    return position < this.at.position || (position === this.at.position && effectiveOn === this.at.effectiveOn);
  }

  private async step(): Promise<void> {
    const now = this.deps.renderer.now();
    if (this.isCurrent(now)) return;
    const message = this.audience.liveCount === 0 ? null : await this.make(known(this.at), now);
    this.at = now;
    this.kept.clear();
    if (message) this.audience.tell(message);
  }

  private since(before: Known): Promise<LiveMessage | null> {
    const key = JSON.stringify(before);
    let message = this.kept.get(key);
    if (!message) {
      message = this.make(before, this.at);
      if (this.kept.size >= keptMax) this.kept.clear();
      this.kept.set(key, message);
      message.catch(() => this.kept.delete(key));
    }
    return message;
  }

  /** The message that leads from some counts to those of a moment; null where they are the same. Errors: `E_ACCESS_LOG`. */
  private async make(before: Known, at: Moment): Promise<LiveMessage | null> {
    const { renderer, services } = this.deps;
    const { position, effectiveOn } = at;
    const rendered = await renderer.render(
      this.question,
      at,
      (context) => {
        const divisions = this.changed(Scene.now(context), before);
        return divisions.length === 0 ? null : { __typename: 'TallyChanged', position, effectiveOn, divisions };
      },
      this.stopped,
    );
    if (!rendered) return null;
    if (rendered.disclosed.size > 0) {
      const { principal, operation, requestId } = this.question;
      await services.recordLook({ principal, streams: [...rendered.disclosed], operation, requestId });
    }
    return { position, json: rendered.json };
  }

  private changed(now: Scene, before: Known): readonly Division[] {
    const { level, within } = this.question;
    if (before === null) return divisionsOf(now, level, within);
    const { position, days } = before;
    const all = days.flatMap((effectiveOn) => changedSince(now, { effectiveOn, position }, { level, within }));
    return days.length === 1 ? all : inOrder(all);
  }
}

const known = ({ position, effectiveOn }: Moment): Known => ({ position, days: [effectiveOn] });

/** Each once, by code. */
function inOrder(divisions: readonly Division[]): readonly Division[] {
  const unique = [...new Map(divisions.map((division) => [division.id, division])).values()];
  return unique.sort((one, other) => (one.code < other.code ? -1 : 1));
}
