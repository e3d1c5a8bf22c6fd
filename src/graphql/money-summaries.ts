/** Sentences on standards, funds and pay runs. `self` is the name of the village or division on the day. */
import type { appropriation } from '../domain/appropriation.ts';
import type { fundEvents } from '../domain/fund-catalogue.ts';
import type { payRunEvents } from '../domain/payrun-catalogue.ts';
import type { regionTier } from '../domain/region-tier.ts';
import type { standardEvents } from '../domain/standard-catalogue.ts';
import type { Templates } from './summary-templates.ts';

type Events = (typeof regionTier)['events'] &
  typeof standardEvents &
  (typeof appropriation)['events'] &
  typeof fundEvents &
  typeof payRunEvents;

/** Fen as yuan. */
const yuan = (fen: string): string => `${BigInt(fen) / 100n}.${String(BigInt(fen) % 100n).padStart(2, '0')}`;

export const moneySummaries: Templates<Omit<Events, 'EventVoided'>> = {
  RegionTierDefined: {
    EN: ({ name }) => `The region tier ${name} was defined.`,
    ZH: ({ name }) => `划定区域分档“${name}”。`,
  },
  RegionTierChanged: {
    EN: ({ include }) => `A region tier holds ${include.length} divisions from that day on.`,
    ZH: ({ include }) => `区域分档调整为${include.length}个地区。`,
  },
  RegionTierEnded: {
    EN: () => 'A region tier holds no longer.',
    ZH: () => '区域分档终止。',
  },
  SubsidyStandardAdopted: {
    EN: ({ kind, documentNumber }) =>
      `A standard of ${kind} was adopted${documentNumber ? ` by ${documentNumber}` : ''}.`,
    ZH: ({ kind, documentNumber }) => `${documentNumber ?? '（文号未载）'}出台${kind}标准。`,
  },
  SubsidyStandardSuperseded: {
    EN: () => 'A standard holds no longer from that day on.',
    ZH: () => '补贴标准自该日起不再执行。',
  },
  SubsidyStandardCorrected: {
    EN: ({ reason }) => `What a standard says was corrected: ${reason}.`,
    ZH: ({ reason }) => `补贴标准更正：${reason}。`,
  },
  FundAppropriated: {
    EN: ({ amountFen, fiscalYear }) => `${yuan(amountFen)} yuan were set aside for ${fiscalYear}.`,
    ZH: ({ amountFen, fiscalYear }) => `安排${fiscalYear}年度资金${yuan(amountFen)}元。`,
  },
  FundAllocated: {
    EN: ({ amountFen, division }, _, names) => `${yuan(amountFen)} yuan were allocated to ${names.division(division)}.`,
    ZH: ({ amountFen, division }, _, names) => `下达${names.division(division)}${yuan(amountFen)}元。`,
  },
  VillageFundTransferred: {
    EN: ({ amountFen }, self) => `${yuan(amountFen)} yuan were transferred to ${self}.`,
    ZH: ({ amountFen }, self) => `拨付${self}${yuan(amountFen)}元。`,
  },
  OfficeFundUseReviewed: {
    EN: ({ fiscalYear }, self) => `${self} reviewed the use of its office fund of ${fiscalYear}.`,
    ZH: ({ fiscalYear }, self) => `${self}审核${fiscalYear}年度办公经费使用。`,
  },
  AllowanceRunPosted: {
    EN: ({ month, headcount, totalFen }, self) =>
      `${self} posted its run for ${month}: ${headcount} people, ${yuan(totalFen)} yuan.`,
    ZH: ({ month, headcount, totalFen }, self) => `${self}发放${month}补贴：${headcount}人，${yuan(totalFen)}元。`,
  },
  ArrearsPosted: {
    EN: ({ fromMonth, toMonth, totalFen }, self) =>
      `${self} posted arrears for ${fromMonth} to ${toMonth}: ${yuan(totalFen)} yuan.`,
    ZH: ({ fromMonth, toMonth, totalFen }, self) => `${self}补发${fromMonth}至${toMonth}：${yuan(totalFen)}元。`,
  },
  AllowanceReversed: {
    EN: ({ month, amountFen }, self) => `${self} took back ${yuan(amountFen)} yuan of ${month}.`,
    ZH: ({ month, amountFen }, self) => `${self}追回${month}补贴${yuan(amountFen)}元。`,
  },
  MonthClosed: {
    EN: ({ month }, self) => `${self} closed ${month}.`,
    ZH: ({ month }, self) => `${self}${month}月结。`,
  },
  MonthReopened: {
    EN: ({ month }, self) => `${self} opened ${month} again.`,
    ZH: ({ month }, self) => `${self}${month}反月结。`,
  },
};
