/** The one decision on access: whether a principal has a right where a thing lies. What the law reserves to a level is no
 *  matter of access but of the domain (authority.ts). */
import type { LocalDate } from '../es/event.ts';
import type { Principal, Role } from './principal.ts';

/** What can be done or seen beyond what is public. */
export type Right =
  /** Send commands and proposals. */
  | 'record'
  /** Approve or reject what another proposed. */
  | 'approve'
  /** See what is not public: records of persons, of retired cadres, proposals. Every look is recorded. */
  | 'seeRestricted'
  /** Read the vault of persons for a purpose. */
  | 'readPersonalData'
  /** See who looked at what. */
  | 'seeAccessLog'
  /** Make and revoke keys and webhooks. */
  | 'administer';

/** What each role may do, within its divisions. */
export const rightsOf: Readonly<Record<Role, readonly Right[]>> = {
  clerk: ['record', 'seeRestricted'],
  approver: ['approve', 'seeRestricted'],
  auditor: ['seeRestricted', 'seeAccessLog'],
  'personal-data-reader': ['seeRestricted', 'readPersonalData'],
  administrator: ['administer'],
};

/** Ids of the divisions in which a thing lies, itself first where it is one; empty where it lies in none: then only grants
 *  over everything cover it. */
export type Place = readonly string[];

/** The division that carried a code on a day, whatever its code is now: its id, or null. */
export type DivisionOf = (code: string, on: LocalDate) => string | null;

/** Whether the principal has the right over what lies in the place. */
export function may(principal: Principal, right: Right, place: Place, divisionOf: DivisionOf): boolean {
  return principal.grants.some(({ role, within }) => {
    if (!rightsOf[role].includes(right)) return false;
    if (within === null) return true;
    const division = divisionOf(within, principal.grantedOn);
    return division !== null && place.includes(division);
  });
}
