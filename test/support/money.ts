/** What tests of money share: standards that clerks adopt, and how they are adopted. */
import type { Fact, Scene } from './given.ts';

/** A standard of a county: allowance of members, 1500 yuan a person and month. Illustrative. */
export const allowance = {
  kind: 'ALLOWANCE',
  beneficiary: 'COMMITTEE_MEMBER',
  method: 'FIXED',
  per: 'PERSON_MONTH',
  amountFen: '150000',
  division: '440118',
} as const;

/** The office fund of a county's villages, 50000 yuan a year. Illustrative. */
export const officeFund = {
  kind: 'OFFICE_FUND',
  beneficiary: 'VILLAGE',
  method: 'FIXED',
  per: 'VILLAGE_YEAR',
  amountFen: '5000000',
  division: '440118',
} as const;

/** Adopts a standard under an id. */
export const adopt = (scene: Scene, id: string, data: object, on: string, header: object): Promise<Fact[]> =>
  scene.when(`standard-${id}`, 'adoptStandard', data, on, header);
