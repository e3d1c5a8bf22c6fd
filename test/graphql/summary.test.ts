import { describe, expect, it } from 'vitest';
import { eventCatalogue } from '../../src/domain/index.ts';
import type { RecordedEvent } from '../../src/es/event.ts';
import { summaryOf } from '../../src/graphql/summary.ts';
import { samplePayload } from '../support/sample-payload.ts';

const place = { township: 'd_1', county: 'd_2', prefecture: 'd_3' };
const record = {
  code: '440118102243',
  name: '下围村委会',
  shortName: '下围',
  kind: 'VILLAGERS_COMMITTEE',
  isVirtual: false,
  ...place,
};
const source = { title: '文', publisher: '省民政厅', publishedOn: '2021-05-06' };
const figure = { metric: 'VILLAGES_TOTAL', value: '26361', unit: '个', qualifier: 'EXACT', scope: '44', source };
const file = { edition: 2016, rows: 10, eventsAppended: 9, reviews: 1 };

const samples: Readonly<Record<string, object>> = {
  EventVoided: { eventId: 'village-v_1.0', reason: 'a slip' },
  VillageListed: record,
  VillageEstablished: { ...record, approval: {} },
  VillageRenamed: { oldName: '下围村委会', newName: '上围村委会', newShortName: '上围' },
  VillageCodeChanged: { newCode: '440118102244' },
  VillageKindChanged: { oldKind: 'VILLAGERS_COMMITTEE', newKind: 'RESIDENTS_COMMITTEE' },
  VillageSubordinationTransferred: { fromTownship: 'd_1', ...place },
  VillageDelisted: { reason: 'gone' },
  VillageAbolished: { successors: ['v_2'], approval: {} },
  VillagesMerged: { merged: ['v_2', 'v_3'], approval: {} },
  VillageSplit: { parts: [{ village: 'v_2', name: '新村' }], continues: true, kind: 'VILLAGERS_COMMITTEE', ...place },
  VillageBoundaryAdjusted: { counterpart: 'v_2', gained: 'a field' },
  UrbanRuralClassAssigned: { class: 'VILLAGE_AREA' },
  VillagesLinked: { other: 'v_2', record },
  VillageUnlinked: { other: 'v_2' },
  DivisionListed: { code: '440118102', name: '石滩镇', level: 'TOWNSHIP' },
  DivisionRenamed: { oldName: '石滩镇', newName: '石滩街道' },
  DivisionCodeChanged: { oldCode: '440118102', newCode: '440118103' },
  DivisionTransferred: { fromParent: 'd_2', toParent: 'd_3', villages: [] },
  DivisionDelisted: {},
  IdentityReviewRaised: {
    reason: 'SIMILAR_NAME',
    candidates: [{ village: 'v_1', name: '下围', on: '2016-07-31' }],
    explanation: '',
  },
  IdentityReviewDismissed: { reason: 'two villages' },
  ReportedFigureRecorded: figure,
  ReportedFigureReplaced: { ...figure, reason: 'a slip' },
  RosterImportStarted: file,
  RosterImportCompleted: file,
};
const named = { village: (id: string) => `村${id}`, division: (id: string) => `镇${id}` };
const unnamed = { village: () => null, division: () => null };

describe('summaryOf()', () => {
  it.each([...eventCatalogue.keys()])('makes one sentence in each language of a %s', (type) => {
    const event = { type, stream: 'village-v_1' } as RecordedEvent;
    for (const names of [named, unnamed]) {
      const [english, chinese] = (['EN', 'ZH'] as const).map((lang) =>
        summaryOf(event, samples[type] ?? samplePayload(type), lang, names),
      );
      expect(english).toMatch(/^\S[^\n]*\.$/);
      expect(chinese).toMatch(/^\S[^\n]*。$/);
      expect(`${english}${chinese}`).not.toMatch(/undefined|null|NaN|\[object/);
      expect(english).not.toBe(chinese);
    }
  });

  it('names things by their names', () => {
    const event = { type: 'VillagesMerged', stream: 'village-v_1' } as RecordedEvent;
    expect(summaryOf(event, samples.VillagesMerged ?? {}, 'EN', named)).toBe('村v_2, 村v_3 merged into 村v_1.');
    expect(summaryOf(event, samples.VillagesMerged ?? {}, 'ZH', named)).toBe('村v_2、村v_3并入村v_1。');
  });
});
