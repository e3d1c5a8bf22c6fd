/** Sentences on retired cadres: by village, never by name. */
import type { retiredEvents } from '../domain/retired-catalogue.ts';
import type { Templates } from './summary-templates.ts';

const yuan = (fen: string): string => (Number(fen) / 100).toFixed(2);

export const retiredSummaries: Templates<Omit<typeof retiredEvents, 'EventVoided'>> = {
  RetiredCadreRecordCollected: {
    EN: ({ village }, _, names) => `The record of a retired cadre of ${names.village(village)} was collected.`,
    ZH: ({ village }, _, names) => `采集${names.village(village)}一名正常离任村干部信息。`,
  },
  RetiredServiceVerified: {
    EN: ({ village, countedMonths }, _, names) =>
      `The service of a retired cadre of ${names.village(village)} was verified: ${countedMonths} months count.`,
    ZH: ({ village, countedMonths }, _, names) =>
      `核实${names.village(village)}一名离任村干部任职${countedMonths}个月。`,
  },
  RetiredNoticePosted: {
    EN: ({ village, objections }, _, names) =>
      `The eligibility of a retired cadre of ${names.village(village)} was posted; ${objections} objections.`,
    ZH: ({ village, objections }, _, names) =>
      `公示${names.village(village)}一名离任村干部资格，收到异议${objections}条。`,
  },
  RetirementAllowanceApproved: {
    EN: ({ village, tier, from }, _, names) =>
      `The allowance of a retired cadre of ${names.village(village)} was approved: ${yuan(tier.amountFen)} yuan, from ${from}.`,
    ZH: ({ village, tier, from }, _, names) =>
      `批准${names.village(village)}一名离任村干部生活补助${yuan(tier.amountFen)}元，自${from}起。`,
  },
  RetirementAllowanceRefused: {
    EN: ({ village }, _, names) => `The allowance of a retired cadre of ${names.village(village)} was refused.`,
    ZH: ({ village }, _, names) => `不予批准${names.village(village)}一名离任村干部生活补助。`,
  },
  RetirementAllowanceSuspended: {
    EN: ({ village, from }, _, names) =>
      `The allowance of a retired cadre of ${names.village(village)} was suspended from ${from}.`,
    ZH: ({ village, from }, _, names) => `自${from}起停发${names.village(village)}一名离任村干部生活补助。`,
  },
  RetirementAllowanceResumed: {
    EN: ({ village, from }, _, names) =>
      `The allowance of a retired cadre of ${names.village(village)} was resumed from ${from}.`,
    ZH: ({ village, from }, _, names) => `自${from}起恢复发放${names.village(village)}一名离任村干部生活补助。`,
  },
  RetirementAllowanceCeased: {
    EN: ({ village, from }, _, names) =>
      `The allowance of a retired cadre of ${names.village(village)} ended: nothing is due from ${from}.`,
    ZH: ({ village, from }, _, names) => `自${from}起终止${names.village(village)}一名离任村干部生活补助。`,
  },
  RetirementAllowanceRecomputed: {
    EN: ({ village, newTier, from }, _, names) =>
      `The allowance of a retired cadre of ${names.village(village)} was computed anew: ${yuan(newTier.amountFen)} yuan, from ${from}.`,
    ZH: ({ village, newTier, from }, _, names) =>
      `重新核定${names.village(village)}一名离任村干部生活补助为${yuan(newTier.amountFen)}元，自${from}起。`,
  },
};
