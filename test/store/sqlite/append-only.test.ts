import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openForWriting, pragma } from '../../../src/store/sqlite/database.ts';
import { fact } from '../../support/facts.ts';
import { openLog } from '../../support/open-log.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** A log of two events with a subject, and a connection that knows nothing of the store. */
async function loggedThenOpened() {
  const dir = tempFolder();
  const store = openLog(dir);
  await store.append(
    'village-a',
    [fact('village-a', { subjects: ['village-a', 'village-b'] }), fact('village-a')],
    'none',
  );
  await store.close();
  const database = openForWriting(join(dir, 'log.sqlite'));
  onTestFinished(() => database.close());
  const dump = () => ['log', 'event', 'event_subject'].map((table) => database.prepare(`select * from ${table}`).all());
  return { database, dump };
}

const row = (position: number, stream: string, revision: number) =>
  `into event values (${position}, '${stream}', ${revision}, 'Forged', 1, '2020-01-01', 0, 0, '{}', '{}')`;

describe('the log', () => {
  it.each([
    { statement: "update event set payload = '{}'", why: 'never updated' },
    { statement: 'update event set position = position + 10', why: 'never updated' },
    { statement: 'delete from event', why: 'never deleted' },
    { statement: 'delete from event where position = 2', why: 'never deleted' },
    { statement: "update event_subject set subject = 'village-c'", why: 'never updated' },
    { statement: 'delete from event_subject', why: 'never deleted' },
    { statement: "update log set kind = 'simulated'", why: 'never updated' },
    { statement: 'delete from log', why: 'never deleted' },
    { statement: `insert or replace ${row(2, 'village-a', 1)}`, why: 'follows the last revision' },
    { statement: `insert or replace ${row(3, 'village-a', 1)}`, why: 'follows the last revision' },
    { statement: `insert or replace ${row(2, 'village-a', 2)}`, why: 'follows the last position' },
    { statement: `insert ${row(3, 'village-a', 3)}`, why: 'follows the last revision' },
    { statement: `insert ${row(5, 'village-a', 2)}`, why: 'follows the last position' },
    { statement: `insert or replace into event_subject values ('village-b', 1)`, why: 'recorded once' },
    { statement: "insert or replace into log values (1, 'log-2', 'simulated', 0)", why: 'one identity' },
  ])('refuses: $statement', async ({ statement, why }) => {
    const { database, dump } = await loggedThenOpened();
    const before = dump();
    expect(() => database.exec(statement)).toThrow(why);
    expect(dump()).toEqual(before);
  });

  it('takes what follows', async () => {
    const { database, dump } = await loggedThenOpened();
    database.exec(`insert ${row(3, 'village-a', 2)}; insert ${row(4, 'village-c', 0)}`);
    expect(dump()[1]).toHaveLength(4);
  });
});

describe('openForWriting()', () => {
  it('syncs every commit of a write-ahead log', () => {
    const database = openForWriting(join(tempFolder(), 'log.sqlite'));
    onTestFinished(() => database.close());
    expect([pragma(database, 'synchronous'), pragma(database, 'journal_mode')]).toEqual([2, 'wal']);
  });

  it('refuses a database that has no write-ahead log', () => {
    expect(() => openForWriting(':memory:')).toThrow('the log is in WAL mode');
  });
});
