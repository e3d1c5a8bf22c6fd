/** Stretches of the past as messages, kept for a moment: readers who catch up at the same time read and execute them once. */
import type { Position } from '../es/event.ts';
import type { LiveMessage } from './live.ts';

/** All messages after `from`, up to `until`. */
export interface Page {
  readonly from: Position;
  readonly until: Position;
  readonly messages: readonly LiveMessage[];
}

interface Loading {
  readonly from: Position;
  readonly bound: Position;
  readonly page: Promise<Page>;
}

const pagesMax = 4;

export class Pages {
  private pages: Page[] = [];
  private readonly loading = new Set<Loading>();

  /** `load`: reads some of what lies after `from`, up to `bound` at most. */
  constructor(private readonly load: (from: Position, bound: Position) => Promise<Page>) {}

  get size(): { readonly messages: number; readonly chars: number } {
    const all = this.pages.flatMap(({ messages }) => messages);
    return { messages: all.length, chars: all.reduce((sum, { json }) => sum + json.length, 0) };
  }

  /** A page that holds what comes next after a position, which lies before `bound`. Errors: those of `load`. */
  async at(position: Position, bound: Position): Promise<Page> {
    for (;;) {
      const known = this.pages.find(({ from, until }) => from <= position && position < until);
      if (known) return known;
      const coming = [...this.loading].find((each) => each.from <= position && position < each.bound);
      if (!coming) return this.begin(position, bound);
      const page = await coming.page;
      if (page.until > position) return page;
    }
  }

  clear(): void {
    this.pages = [];
  }

  private async begin(position: Position, bound: Position): Promise<Page> {
    const starts = [...this.pages, ...this.loading].map(({ from }) => from).filter((from) => from > position);
    const nearest = Math.min(bound, ...starts);
    const loading = { from: position, bound: nearest, page: this.load(position, nearest) };
    this.loading.add(loading);
    try {
      const page = await loading.page;
      this.pages = [...this.pages.slice(1 - pagesMax), page];
      return page;
    } finally {
      this.loading.delete(loading);
    }
  }
}
