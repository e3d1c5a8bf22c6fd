/** What each aggregate's commands act on, and the ids of what they make. */
import { createHash } from 'node:crypto';
import { invariant } from '../../es/errors.ts';

/** Aggregates whose streams are named by their village's id: the village is what a clerk acts on. */
const ofVillage = {
  field: 'village',
  prefix: 'v_',
  what: 'Id of the village whose act it is; one whose record was linked to another leads to that.',
};

/** The thing that each aggregate's commands act on: its field in the input, and the prefix of ids that a command makes. */
export const things: Readonly<
  Record<string, { readonly field: string; readonly prefix: string; readonly what: string }>
> = {
  village: {
    field: 'village',
    prefix: 'v_',
    what: 'Id of the village acted on; one whose record was linked to another leads to that.',
  },
  division: { field: 'division', prefix: 'd_', what: 'Id of the division acted on.' },
  review: { field: 'review', prefix: 'r_', what: 'Id of the case acted on.' },
  charter: ofVillage,
  deliberation: ofVillage,
  disclosure: ofVillage,
  matter: { field: 'matter', prefix: 'm_', what: 'Id of the matter acted on.' },
  disclosurestandard: { field: 'disclosureStandard', prefix: 'ds_', what: 'Id of the standard acted on.' },
  term: ofVillage,
  supervision: ofVillage,
  round: { field: 'electionRound', prefix: 'er_', what: 'Id of the round of elections acted on.' },
  certificate: ofVillage,
  retired: { field: 'retiredCadre', prefix: 'rc_', what: 'Id of the record of a retired cadre acted on.' },
  document: { field: 'document', prefix: 'pd_', what: 'Id of the document or local standard acted on.' },
  honour: { field: 'honour', prefix: 'h_', what: 'Id of the honour acted on.' },
  servicepoint: { field: 'servicePoint', prefix: 'sp_', what: 'Id of the service point acted on.' },
  workforce: { field: 'report', prefix: 'wf_', what: 'Id of the report acted on.' },
  creditcode: ofVillage,
  tier: { field: 'regionTier', prefix: 't_', what: 'Id of the region tier acted on.' },
  standard: { field: 'standard', prefix: 's_', what: 'Id of the standard acted on.' },
  appropriation: { field: 'appropriation', prefix: 'a_', what: 'Id of the fund that was set aside.' },
  fund: ofVillage,
  payrun: { field: 'division', prefix: 'd_', what: 'Id of the county, or of the city without counties, that pays.' },
  certlist: { field: 'certificateList', prefix: 'cl_', what: 'Id of the list of certificates acted on.' },
  figure: { field: 'figure', prefix: 'f_', what: 'Id of the reported figure acted on.' },
  proposal: { field: 'proposal', prefix: 'pr_', what: 'Id of the proposal acted on.' },
};

/** The same command makes the same thing. */
export const madeId = (prefix: string, commandId: string): string =>
  `${prefix}${createHash('sha256').update(commandId).digest('hex').slice(0, 20)}`;

/** Id of what a creating command of the aggregate makes, for other programs that send commands. */
export function madeBy(aggregate: string, commandId: string): string {
  const thing = things[aggregate];
  invariant(thing, `commands make a ${aggregate}`);
  return madeId(thing.prefix, commandId);
}
