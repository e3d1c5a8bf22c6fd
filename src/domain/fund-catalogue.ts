/** What can happen to a village's funds, and what a clerk may ask for: the first half of the aggregate in `fund.ts`. */
import { z } from 'zod';
import { streamOf } from '../es/event.ts';
import { AuthorityLevel } from './authority.ts';
import { corrections } from './corrections.ts';
import { DivisionId, Fen, LocalDate, VillageId } from './scalars.ts';
import { StandardId } from './standard-terms.ts';
import { codes, command, event } from './vocabulary.ts';

const FundKind = codes('FundKind', 'Funds that are transferred to a village’s account.', {
  OFFICE_FUND: 'Office fund (办公经费).',
  PARTY_SERVICE_FUND: 'Fund of the party organisation for serving people (党建经费).',
});
const FundReviewer = codes('FundReviewer', 'Who reviews the use of the office fund.', {
  SECRETARY: 'The party secretary.',
  CHAIR: 'The chair of the committee.',
  FINANCE_GROUP: 'The group for the village’s finances.',
  SUPERVISION: 'The supervision committee.',
});
export const fundReviewers = FundReviewer.options;
const FundFlag = codes('FundFlag', 'What is remarkable about a fund’s event, though it is not refused.', {
  NO_STANDARD: 'No standard was named: whether it is above the entitlement is not known.',
  NOT_JOINT: 'Not all of them reviewed it: secretary, chair, finance group and supervision.',
  NOT_POSTED: 'The result was not posted.',
});

const village = VillageId.describe('The village whose fund it is.');
const year = z.int().min(1949).max(2999).describe('Fiscal year.');
const transferred = {
  kind: FundKind,
  amountFen: Fen,
  fiscalYear: year,
  standard: StandardId.optional().describe('The standard that says what the village is entitled to.'),
};
const place = {
  fromLevel: AuthorityLevel,
  township: DivisionId.describe('Township that it lay in on that day.'),
  county: DivisionId.optional().describe('County that it lay in.'),
  prefecture: DivisionId.describe('Prefecture that it lay in.'),
};
const reviewed = {
  fiscalYear: year,
  reviewers: z.array(FundReviewer).min(1).max(4).describe('Who reviewed it.'),
  usedFen: Fen.optional().describe('What was found to be spent, in fen.'),
  postedOn: LocalDate.optional().describe('Day on which the result was posted.'),
};
const flags = z.array(FundFlag).max(5).optional().describe('What is remarkable about it.');
const streamsOf = (data: { village: string; fiscalYear: number }) => [
  streamOf('village', data.village),
  streamOf('fundyear', `${data.village}-${data.fiscalYear}`),
];

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
export const fundEvents = {
  ...corrections,
  VillageFundTransferred: event(
    'Money of a fund was transferred to a village’s account.',
    { village, ...transferred, ...place, flags },
    { zh: '经费拨付到村', subjects: streamsOf },
  ),
  OfficeFundUseReviewed: event(
    'The use of the office fund was reviewed.',
    { village, ...reviewed, flags },
    { zh: '办公经费使用审核公开', subjects: streamsOf },
  ),
};
export const fundCommands = {
  transferVillageFund: command('Record a transfer to a village’s account.', transferred, { zh: '登记经费拨付' }),
  reviewOfficeFundUse: command('Record the review of the use of the office fund.', reviewed, {
    zh: '登记办公经费使用审核',
  }),
};
