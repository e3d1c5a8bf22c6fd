/** The tallies of one projection in memory: sums for any moment of both times, the past at the cost of now. */
import type { DayNumber } from '../es/day.ts';
import { invariant } from '../es/errors.ts';
import type { Position } from '../es/event.ts';
import type { Delta } from './deltas.ts';

/** Deltas in a sealed block. A sum costs a binary search a block known whole, and a scan of the block that is cut. */
const blockSize = 256;

export class DeltaCube {
  private readonly groups = new Map<string, GroupDeltas>();

  constructor(private readonly measures: number) {}

  /** Adds a delta; positions never descend. */
  add({ group, day, position, values }: Delta): void {
    this.group(group).add(day, position, values);
  }

  /** Adds a delta whose values stand in `values` from `at` on, in any order; `arrange` makes the sums right. */
  append(group: string, day: DayNumber, position: Position, values: ArrayLike<number>, at: number): void {
    this.group(group).append(day, position, values, at);
  }

  /** To be called once after all were appended. */
  arrange(): void {
    for (const deltas of this.groups.values()) deltas.arrange();
  }

  /** Sums of a group's measures at a moment; zeros for a group that never was. */
  sum(group: string, day: DayNumber, position: Position): number[] {
    const totals: number[] = new Array(this.measures).fill(0);
    this.groups.get(group)?.sum(day, position, totals);
    return totals;
  }

  private group(group: string): GroupDeltas {
    let deltas = this.groups.get(group);
    if (!deltas) {
      deltas = new GroupDeltas(this.measures);
      this.groups.set(group, deltas);
    }
    return deltas;
  }
}

/** One group's deltas by position. Full blocks are turned to the order of days, with running sums. */
class GroupDeltas {
  private days = new Int32Array(16);
  private positions = new Float64Array(16);
  private values: Int32Array | Float64Array;
  private size = 0;
  private sealed = 0;
  /** First and last position of each sealed block. */
  private readonly firsts: Position[] = [];
  private readonly lasts: Position[] = [];

  constructor(private readonly measures: number) {
    this.values = new Int32Array(16 * measures);
  }

  add(day: DayNumber, position: Position, values: readonly number[]): void {
    const last = this.size === this.sealed ? this.lasts.at(-1) : this.positions[this.size - 1];
    invariant(position >= (last ?? 0), 'deltas come by position');
    this.append(day, position, values, 0);
    if (this.size - this.sealed === blockSize) this.seal();
  }

  append(day: DayNumber, position: Position, values: ArrayLike<number>, at: number): void {
    if (this.size === this.days.length) this.grow();
    this.days[this.size] = day;
    this.positions[this.size] = position;
    this.put(this.size, values, at);
    this.size++;
  }

  arrange(): void {
    if (!ascending(this.positions, this.size)) {
      const { positions } = this;
      const order = Uint32Array.from({ length: this.size }, (_, i) => i);
      this.reorder(
        0,
        order.sort((a, b) => (positions[a] as number) - (positions[b] as number) || a - b),
      );
    }
    while (this.size - this.sealed >= blockSize) this.seal();
  }

  sum(day: DayNumber, position: Position, totals: number[]): void {
    const { days, values, measures } = this;
    let start = 0;
    for (let block = 0; start < this.sealed; block++, start += blockSize) {
      if ((this.firsts[block] as number) > position) return;
      if ((this.lasts[block] as number) > position) {
        this.scanSealed(start, day, position, totals);
        continue;
      }
      let low = start;
      let high = start + blockSize;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((days[middle] as number) <= day) low = middle + 1;
        else high = middle;
      }
      if (low === start) continue;
      for (let m = 0, at = (low - 1) * measures; m < measures; m++, at++) {
        totals[m] = (totals[m] as number) + (values[at] as number);
      }
    }
    for (let i = this.sealed; i < this.size && (this.positions[i] as number) <= position; i++) {
      if ((days[i] as number) > day) continue;
      for (let m = 0, at = i * measures; m < measures; m++, at++) {
        totals[m] = (totals[m] as number) + (values[at] as number);
      }
    }
  }

  /** A block of which only a part is known: each delta is what its running sum adds to the one before. */
  private scanSealed(start: number, day: DayNumber, position: Position, totals: number[]): void {
    const { days, positions, values, measures } = this;
    for (let i = start; i < start + blockSize && (days[i] as number) <= day; i++) {
      if ((positions[i] as number) > position) continue;
      for (let m = 0, at = i * measures; m < measures; m++, at++) {
        const before = i === start ? 0 : (values[at - measures] as number);
        totals[m] = (totals[m] as number) + (values[at] as number) - before;
      }
    }
  }

  private seal(): void {
    const start = this.sealed;
    const { days, values, measures } = this;
    this.firsts.push(this.positions[start] as number);
    this.lasts.push(this.positions[start + blockSize - 1] as number);
    const order = Uint32Array.from({ length: blockSize }, (_, i) => start + i);
    this.reorder(
      start,
      order.sort((a, b) => (days[a] as number) - (days[b] as number) || a - b),
    );
    const running: number[] = new Array(measures).fill(0);
    for (let i = start; i < start + blockSize; i++) {
      for (let m = 0; m < measures; m++) running[m] = (running[m] as number) + (values[i * measures + m] as number);
      this.put(i, running, 0);
    }
    this.sealed += blockSize;
  }

  /** Puts what stands at the places of `order` from `start` on, one after the other. */
  private reorder(start: number, order: Uint32Array): void {
    const { measures } = this;
    const days = order.map((from) => this.days[from] as number);
    const positions = Float64Array.from(order, (from) => this.positions[from] as number);
    const values = this.values.slice(start * measures, (start + order.length) * measures);
    for (const [i, from] of order.entries()) {
      this.days[start + i] = days[i] as number;
      this.positions[start + i] = positions[i] as number;
      for (let m = 0; m < measures; m++) {
        this.values[(start + i) * measures + m] = values[(from - start) * measures + m] as number;
      }
    }
  }

  private put(index: number, values: ArrayLike<number>, at: number): void {
    for (let m = 0; m < this.measures; m++) {
      const value = values[at + m] as number;
      // Counts fit 32 bits; sums of money do not, and widen the group once they come.
      if (value !== (value | 0) && this.values instanceof Int32Array) this.values = Float64Array.from(this.values);
      this.values[index * this.measures + m] = value;
    }
  }

  private grow(): void {
    const room = Math.ceil(this.days.length * 1.5);
    const days = new Int32Array(room);
    days.set(this.days);
    this.days = days;
    const positions = new Float64Array(room);
    positions.set(this.positions);
    this.positions = positions;
    const values =
      this.values instanceof Float64Array
        ? new Float64Array(room * this.measures)
        : new Int32Array(room * this.measures);
    values.set(this.values);
    this.values = values;
  }
}

function ascending(values: Float64Array, size: number): boolean {
  for (let i = 1; i < size; i++) if ((values[i] as number) < (values[i - 1] as number)) return false;
  return true;
}
