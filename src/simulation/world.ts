/** The simulated world as decisions see it: its own divisions and villages, its documents, the law's real numbers. Names and codes
 *  are not held to be unique in it. */
import { authorityMatrix } from '../domain/authority.ts';
import { aggregateNamed } from '../domain/index.ts';
import { ruleSet } from '../domain/rule-set.ts';
import type { VillageState } from '../domain/village-state.ts';
import type { DivisionView, VillageView, World } from '../domain/world.ts';
import { invariant } from '../es/errors.ts';
import { streamOf } from '../es/event.ts';
import { dayOf } from './calendar.ts';
import type { Histories } from './histories.ts';
import type { SimulatedProvince } from './province.ts';

export function simulatedWorld({ divisions }: SimulatedProvince, histories: Histories): World {
  const byId = new Map(divisions.map((division) => [division.id, division]));
  const byCode = new Map(divisions.map((division) => [division.code, division]));
  const village = aggregateNamed('village');
  invariant(village, 'there are villages');
  return {
    rosterFrom: dayOf(0),
    rules: ruleSet,
    authority: authorityMatrix,
    document: () => null,
    hasCounties: () => true,
    division: (id) => byId.get(id) ?? null,
    divisionByCode: (code) => byCode.get(code) ?? null,
    village: (id, on) => viewOf(id, histories.stateOn(village, streamOf('village', id), on) as VillageState),
    villageByCode: () => null,
    isCodeRetired: () => false,
    villagesNamed: () => [],
    officeHolders: () => null,
    certificateLists: () => [],
    villagesBelow: () => [],
  };
}

function viewOf(id: string, state: VillageState): VillageView | null {
  if (state.status === 'NONE') return null;
  return { id, status: state.status === 'LISTED' ? 'LISTED' : 'DELISTED', ...state.record };
}

/** The bodies above a village that decide for it. */
export interface Bodies {
  readonly township: DivisionView;
  readonly county: DivisionView;
  readonly prefecture: DivisionView;
  readonly province: DivisionView;
}
