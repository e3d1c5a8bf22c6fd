/** The simulated world as decisions see it: its own divisions and villages, its documents, the law's real numbers. Names and codes
 *  are not held to be unique in it. */
import { authorityMatrix } from '../domain/authority.ts';
import type { CertificateListView } from '../domain/certificate-rule.ts';
import { ruleSet } from '../domain/rule-set.ts';
import type { VillageState } from '../domain/village-state.ts';
import type { VillageView, World } from '../domain/world.ts';
import { type LocalDate, streamOf } from '../es/event.ts';
import { dayOf } from './calendar.ts';
import type { Histories } from './histories.ts';
import type { SimulatedProvince } from './province.ts';
import { certificateListIds } from './province-acts.ts';

/** The world of a province whose events the histories hold. */
export function simulatedWorld({ divisions }: SimulatedProvince, histories: Histories): World {
  const byId = new Map(divisions.map((division) => [division.id, division]));
  const byCode = new Map(divisions.map((division) => [division.code, division]));
  return {
    rosterFrom: dayOf(0),
    rules: ruleSet,
    authority: authorityMatrix,
    document: () => null,
    hasCounties: () => true,
    division: (id) => byId.get(id) ?? null,
    divisionByCode: (code) => byCode.get(code) ?? null,
    village: (id, on) => viewOf(id, histories.stateOn(streamOf('village', id), on) as VillageState),
    villageByCode: () => null,
    isCodeRetired: () => false,
    villagesNamed: () => [],
    villagesBelow: () => [],
    officeHolders: () => null,
    openObligations: () => [],
    standards: () => [],
    certificateLists: (_, on) => certificateListsOn(histories, on),
  };
}

/** The province's own lists: no other body has one. */
const certificateListsOn = (histories: Histories, on: LocalDate): CertificateListView[] =>
  certificateListIds.flatMap((id) => {
    const [published] = histories.holding(streamOf('certlist', id));
    return published && published.effectiveOn <= on
      ? [{ id, ...(published.data as Omit<CertificateListView, 'id'>) }]
      : [];
  });

function viewOf(id: string, state: VillageState): VillageView | null {
  if (state.status === 'NONE') return null;
  return { id, status: state.status === 'LISTED' ? 'LISTED' : 'DELISTED', ...state.record };
}
