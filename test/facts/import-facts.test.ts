import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ActLedger } from '../../src/facts/import-acts.ts';
import { importFacts } from '../../src/facts/import-facts.ts';
import { madeBy } from '../../src/graphql/derive/things.ts';
import { packageRoot } from '../../src/package-root.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { worldOf } from '../support/world.ts';

const article = () => readFile(join(packageRoot, 'data/facts/article-2021-05-06.yaml'), 'utf8');

describe('importFacts()', () => {
  let ledger: ActLedger;
  beforeEach(() => {
    const store = new MemoryStore({ now: () => Date.UTC(2026, 0, 1), identity: { id: 'log', kind: 'real' } });
    ledger = { store, today: () => '2026-11-24', world: worldOf([]), waitFor: async () => {}, madeId: madeBy };
  });

  it('records the fifteen figures of the article with qualifier and source', async () => {
    expect(await importFacts(ledger, await article(), 'local')).toEqual({ figures: 15, acts: 0, eventsAppended: 15 });
    const events = await ledger.store.readLog({ limit: 100 });
    const total = events.find((event) => (event.data as { metric: string }).metric === 'VILLAGES_TOTAL');
    expect(total).toMatchObject({
      type: 'ReportedFigureRecorded',
      effectiveOn: '2021-05-06',
      data: {
        value: '26361',
        qualifier: 'EXACT',
        scope: '44',
        source: { publisher: '金羊网', publishedOn: '2021-05-06' },
      },
    });
  });

  it('appends nothing the second time', async () => {
    await importFacts(ledger, await article(), 'local');
    expect(await importFacts(ledger, await article(), 'local')).toEqual({ figures: 15, acts: 0, eventsAppended: 0 });
  });

  it('refuses the whole of a file with an unknown metric, and names it', async () => {
    const broken = (await article()).replace('INNOVATION_AWARDS', 'INVENTED');
    await expect(importFacts(ledger, broken, 'local')).rejects.toMatchObject({
      code: 'E_FACTS_INVALID',
      message: expect.stringContaining('figures[14].metric'),
    });
    expect(await ledger.store.head()).toMatchObject({ position: 0 });
  });

  it('refuses what is not YAML', async () => {
    await expect(importFacts(ledger, '{ a: [', 'local')).rejects.toMatchObject({ code: 'E_FACTS_INVALID' });
  });

  it('refuses a changed value of a figure that is recorded', async () => {
    await importFacts(ledger, await article(), 'local');
    const changed = (await article()).replace('value: 26361', 'value: 26362');
    await expect(importFacts(ledger, changed, 'local')).rejects.toMatchObject({ code: 'E_ALREADY_EXISTS' });
  });
});
