import type { NewEvent } from '../../src/es/event.ts';

/** An event of `stream` that is about to be written; `parts` replace what it would say. */
export const fact = (stream: string, parts: Partial<NewEvent> = {}): NewEvent => ({
  type: 'VillageRenamed',
  schemaVersion: 1,
  effectiveOn: '2020-06-30',
  subjects: [stream],
  data: { oldName: '下围村民委员会', newName: '下围社区居民委员会' },
  recordedBy: 'local',
  basis: [],
  commandId: 'c-1',
  commandHash: 'a'.repeat(64),
  correlationId: 'c-1',
  ...parts,
});

/** Everything that an envelope may say, said. */
export const fullFact = (stream: string, others: readonly string[]): NewEvent =>
  fact(stream, {
    type: 'VillagesMerged',
    schemaVersion: 3,
    subjects: [stream, ...others],
    data: { b: [1, 2.5, null, true], a: { 名: '“引号”\n\\ \u2028' }, empty: {} },
    decidedBy: { level: 'TOWNSHIP', division: '440118102', organ: '镇人民政府' },
    basis: [{ documentNumber: '增府〔2020〕1号', article: '第三条' }, { title: '村民委员会组织法' }],
    correlationId: 'k-1',
    causationId: 'village-v_0.0',
    proposedBy: 'clerk-1',
    note: 'as "decided"',
    voids: `${stream}.0`,
  });
