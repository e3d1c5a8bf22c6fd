import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Database, openForWriting, pragma } from '../../../src/store/sqlite/database.ts';
import { migrate, migrations } from '../../../src/store/sqlite/schema.ts';
import { openLog } from '../../support/open-log.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** A file as the first released format laid it down; it stays as it is when the program moves on. */
const version1 = readFileSync(new URL('../../fixtures/log-v1.sql', import.meta.url), 'utf8');

function folderOf(sql: string): { dir: string; database: Database } {
  const dir = tempFolder();
  mkdirSync(dir, { recursive: true });
  const database = openForWriting(join(dir, 'log.sqlite'));
  onTestFinished(() => database.close());
  database.exec(sql);
  return { dir, database };
}

const never = () => {
  throw new Error('not a new log');
};

describe('a log of format 1', () => {
  it('opens, reads and goes on', async () => {
    const { dir } = folderOf(version1);
    const store = openLog(dir);
    expect(await store.identity()).toEqual({ id: 'log-of-version-1', kind: 'simulated' });
    const log = await store.readLog({ limit: 10 });
    expect(log).toMatchObject([
      {
        id: 'village-v_1.0',
        type: 'VillageListed',
        data: { name: '下围村民委员会' },
        basis: [{ title: '统计用区划代码' }],
      },
      { id: 'village-v_2.0', subjects: ['village-v_2', 'village-v_1'], correlationId: 'k-1', note: '合并' },
    ]);
    expect(await store.readSubject('village-v_1')).toEqual(log);
    expect((await store.append('village-v_1', [{ ...log[0]!, subjects: ['village-v_1'] }], 0)).position).toBe(3);
  });

  it('has the tables that this program makes', () => {
    const { database } = folderOf(version1);
    const made = folderOf('').database;
    migrate(made, () => {});
    const tables = (of: Database) => of.prepare('select type, name, sql from sqlite_schema order by name').all();
    const words = (of: Database) => JSON.stringify(tables(of)).replace(/(\\n|\s)+/g, ' ');
    expect(words(made)).toBe(words(database));
  });
});

describe('migrate()', () => {
  const steps = [...migrations, 'alter table event add column later text'];

  it('brings an old log forward without touching its events', () => {
    const { database } = folderOf(version1);
    const before = database.prepare('select position, payload, meta from event').all();
    migrate(database, never, steps);
    expect(pragma(database, 'user_version')).toBe(2);
    expect(database.prepare('select position, payload, meta from event').all()).toEqual(before);
    expect(database.prepare('select later from event').all()).toHaveLength(2);
  });

  it('takes all steps or none', () => {
    const { database } = folderOf(version1);
    expect(() => migrate(database, never, [...steps, 'create table broken ('])).toThrow();
    expect(pragma(database, 'user_version')).toBe(1);
    expect(database.isTransaction).toBe(false);
    expect(() => database.prepare('select later from event')).toThrow('no such column');
  });

  it('refuses a format that is newer than the program', () => {
    const { dir, database } = folderOf(version1);
    database.exec(`pragma user_version = ${migrations.length + 1}`);
    for (const mode of ['write', 'read'] as const) {
      expect(() => openLog(dir, { mode })).toThrow(
        expect.objectContaining({
          code: 'E_EVENT_UNKNOWN',
          details: { format: migrations.length + 1, knownFormat: 1 },
        }),
      );
    }
  });
});
