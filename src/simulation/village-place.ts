/** Where a life is led: a village with the organs above it, and chance of its own. */
import type { Authority } from '../es/event.ts';
import type { SimulatedVillage } from './province.ts';
import type { Random } from './random.ts';

export interface VillagePlace extends SimulatedVillage {
  readonly township: Authority;
  readonly county: Authority;
  readonly isRural: boolean;
  readonly random: Random;
  /** Days that are simulated. */
  readonly days: number;
}
