/** What can happen to a standard of subsidies or funds, and what a clerk may ask for: the first half of the aggregate in `standard.ts`. */
import { z } from 'zod';
import { streamOf } from '../es/event.ts';
import { AuthorityLevel } from './authority.ts';
import { corrections } from './corrections.ts';
import { DivisionCode, DivisionId, LocalDate, VillageId } from './scalars.ts';
import { Beneficiary, StandardId, type StandardTerms, SubsidyKind, standardTerms, TierId } from './standard-terms.ts';
import { codes, command, event, text } from './vocabulary.ts';

const StandardFlag = codes('StandardFlag', 'What is remarkable about a standard, though it is not refused.', {
  LEAVES_GAP: 'No standard follows it on the day after.',
  RETROACTIVE: 'It holds from a day before it was issued: arrears are due.',
});

const adopted = {
  kind: SubsidyKind,
  beneficiary: Beneficiary,
  ...standardTerms,
  regionTier: TierId.optional().describe('The region tier for which it holds.'),
  division: DivisionCode.optional().describe('The one division for which it holds.'),
  village: VillageId.optional().describe('The one village for which it holds: what its assembly decided.'),
  documentNumber: text(60).optional().describe('Number of the document; that of the legal basis where it is left out.'),
  issuedOn: LocalDate.optional().describe(
    'Day on which the document was issued; effectiveOn is the day from which it holds.',
  ),
  retroactive: z.boolean().optional().describe('True where the document says that it holds from a day before its own.'),
  supersedes: StandardId.optional().describe('The standard in place of which it holds.'),
};
const pinned = {
  level: AuthorityLevel,
  included: z.array(DivisionId).max(500).describe('Ids of the divisions for which it held when it was adopted.'),
  excluded: z.array(DivisionId).max(500).describe('Ids of divisions below these for which it did not.'),
};
const flags = z.array(StandardFlag).max(5).optional().describe('What is remarkable about it.');
const reason = text(500).describe('Why.');
const ended = {
  by: StandardId.optional().describe('The standard that follows; none where it only expires.'),
  reason: reason.optional(),
};
const corrected = { ...standardTerms, reason };

const streamsOf = ({ village, supersedes }: { village?: string; supersedes?: string }): string[] => [
  ...(village === undefined ? [] : [streamOf('village', village)]),
  ...(supersedes === undefined ? [] : [streamOf('standard', supersedes)]),
];

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
export const standardEvents = {
  ...corrections,
  SubsidyStandardAdopted: event(
    'A standard of subsidies or funds was adopted; what it supersedes ends on its day.',
    { ...adopted, ...pinned, flags },
    { zh: '补贴标准出台', subjects: streamsOf },
  ),
  SubsidyStandardSuperseded: event(
    'A standard holds no longer from that day on.',
    { ...ended, flags },
    { zh: '补贴标准废止', subjects: ({ by }) => (by === undefined ? [] : [streamOf('standard', by)]) },
  ),
  SubsidyStandardCorrected: event('What a standard says was corrected: it is so from its first day on.', corrected, {
    zh: '补贴标准更正',
  }),
};

/** Exactly the fields of the method. */
const ofMethod = ({ method, per, amountFen, formula, tiers }: StandardTerms) => {
  if ((method === 'FIXED') !== (amountFen !== undefined && per !== undefined)) {
    return { path: 'amountFen', message: 'amount and per are given by a FIXED standard, and by no other' };
  }
  if ((method === 'FORMULA') !== (formula !== undefined)) {
    return { path: 'formula', message: 'is given by a FORMULA standard, and by no other' };
  }
  return (method === 'TIERED') !== (tiers !== undefined)
    ? { path: 'tiers', message: 'are given by a TIERED standard, and by no other' }
    : undefined;
};
const rule = 'FIXED gives per and amountFen, FORMULA formula, TIERED tiers.';

export const standardCommands = {
  adoptStandard: command(
    `Record that a standard was adopted. ${rule} It names one of regionTier, division and village.`,
    adopted,
    {
      zh: '登记补贴标准',
      creates: true,
      rule: (data) => {
        const regions = [data.regionTier, data.division, data.village].filter((each) => each !== undefined);
        if (regions.length !== 1)
          return { path: 'regionTier', message: 'name one of regionTier, division and village' };
        return ofMethod(data);
      },
    },
  ),
  supersedeStandard: command('Record from which day a standard holds no longer.', ended, { zh: '登记标准废止' }),
  correctStandard: command(
    `Correct what a standard says, all of it anew: a slip in the record, not a new standard. ${rule}`,
    corrected,
    { zh: '更正标准', rule: ofMethod },
  ),
};
