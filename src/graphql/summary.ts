/** One sentence for people on each event, in English and Chinese. */
import { type EventCatalogue, eventCatalogue } from '../domain/index.ts';
import { idOf, type RecordedEvent } from '../es/event.ts';
import { accessSummaries } from './access-summaries.ts';
import { certificateSummaries } from './certificate-summaries.ts';
import { charterSummaries } from './charter-summaries.ts';
import { deliberationSummaries, matterSummaries } from './deliberation-summaries.ts';
import { disclosureStandardSummaries, disclosureSummaries } from './disclosure-summaries.ts';
import { moneySummaries } from './money-summaries.ts';
import { personSummaries } from './person-summaries.ts';
import { proposalSummaries } from './proposal-summaries.ts';
import { recordSummaries } from './record-summaries.ts';
import { retiredSummaries } from './retired-summaries.ts';
import { divisionSummaries, otherSummaries } from './summaries.ts';
import type { Names, Templates } from './summary-templates.ts';
import { termSummaries } from './term-summaries.ts';
import { villageSummaries } from './village-summaries.ts';

export type Language = 'EN' | 'ZH';

/** Names on the event's day; null where there was no such thing. */
interface KnownNames {
  village(id: string): string | null;
  division(id: string): string | null;
}

const templates: Templates<EventCatalogue> = {
  ...villageSummaries,
  ...divisionSummaries,
  ...otherSummaries,
  ...charterSummaries,
  ...moneySummaries,
  ...deliberationSummaries,
  ...matterSummaries,
  ...disclosureSummaries,
  ...disclosureStandardSummaries,
  ...termSummaries,
  ...retiredSummaries,
  ...recordSummaries,
  ...certificateSummaries,
  ...personSummaries,
  ...proposalSummaries,
  ...accessSummaries,
};

/** The sentence. `payload` is the event's data in today's version. A type without a template is named. */
export function summaryOf(event: RecordedEvent, payload: object, language: Language, names: KnownNames): string {
  if (!eventCatalogue.has(event.type)) return event.type;
  const template = templates[event.type as keyof EventCatalogue][language] as (
    data: object,
    self: string,
    names: Names,
  ) => string;
  const unnamed = language === 'EN' ? 'an unnamed one' : '（无名）';
  const filled: Names = {
    village: (id) => names.village(id) ?? unnamed,
    division: (id) => names.division(id) ?? unnamed,
  };
  const id = idOf(event.stream);
  return template(payload, names.village(id) ?? names.division(id) ?? unnamed, filled);
}
