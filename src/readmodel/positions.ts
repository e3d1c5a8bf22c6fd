/** Positions at which something changed, ascending. */
import type { Position } from '../es/event.ts';

export class Positions {
  private values = new Float64Array(64);
  private size = 0;

  /** Adds a position; one not after the last is already there. */
  add(position: Position): void {
    if (this.size > 0 && position <= (this.values[this.size - 1] as number)) return;
    if (this.size === this.values.length) {
      const values = new Float64Array(this.size * 2);
      values.set(this.values);
      this.values = values;
    }
    this.values[this.size++] = position;
  }

  /** The last one up to `until`; 0 where there is none. */
  lastUntil(until: Position): Position {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.values[middle] as number) <= until) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? 0 : (this.values[low - 1] as number);
  }
}
