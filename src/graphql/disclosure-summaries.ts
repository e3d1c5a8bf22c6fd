/** Sentences on the disclosure of affairs. `self` is the village's name on the day. */
import type { disclosureEvents } from '../domain/disclosure-catalogue.ts';
import type { disclosureStandardEvents } from '../domain/disclosure-standard.ts';
import type { Templates } from './summary-templates.ts';

export const disclosureSummaries: Templates<Omit<typeof disclosureEvents, 'EventVoided'>> = {
  AffairsDisclosed: {
    EN: ({ period, category }, self) => `${self} disclosed its affairs of ${period}: ${category}.`,
    ZH: ({ period }, self) => `${self}公开${period}村务。`,
  },
  DisclosureObjectionRaised: {
    EN: ({ objection, period }, self) =>
      `Objection ${objection} was raised to the disclosure of ${self} for ${period}.`,
    ZH: ({ objection, period }, self) => `${self}${period}村务公开收到第${objection}号异议。`,
  },
  DisclosureObjectionAnswered: {
    EN: ({ objection }, self) => `Objection ${objection} to the disclosure of ${self} was answered.`,
    ZH: ({ objection }, self) => `${self}村务公开第${objection}号异议已答复。`,
  },
  DisclosureOrdered: {
    EN: ({ period, category }, self) => `${self} was ordered to disclose ${category} of ${period}.`,
    ZH: ({ period }, self) => `责令${self}公布${period}村务。`,
  },
  DisclosureAssessed: {
    EN: ({ allMet }, self) => `The disclosure of ${self} was assessed: ${allMet ? 'all' : 'not all'} dimensions met.`,
    ZH: ({ allMet }, self) => `${self}村务公开评估${allMet ? '全部达标' : '未全部达标'}。`,
  },
};

export const disclosureStandardSummaries: Templates<Omit<typeof disclosureStandardEvents, 'EventVoided'>> = {
  DisclosureStandardDefined: {
    EN: ({ name, dimensions }) => `The standard ${name} was defined with ${dimensions.length} dimensions.`,
    ZH: ({ name, dimensions }) => `确定村务公开标准${name}，共${dimensions.length}个维度。`,
  },
};
