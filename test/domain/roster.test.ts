import { describe, expect, it } from 'vitest';
import { given } from '../support/given.ts';

const stream = 'roster-nbs-2016-07-31';
const day = '2016-07-31';
const file = {
  edition: 2016,
  publisher: 'nbs',
  publishedOn: '2017-05-16',
  fileSha256: 'a'.repeat(64),
  rows: 28_000,
  villages: 26_288,
};
const done = { ...file, eventsAppended: 26_288, recognised: [{ rule: 'FIRST_RECORD', count: 26_288 }], reviews: 0 };
const other = { fileSha256: 'b'.repeat(64) };
const refused = (code: string) => expect.objectContaining({ code });

describe('startRosterImport', () => {
  it('begins an edition’s import once', async () => {
    const scene = await given();
    await expect(scene.when(stream, 'startRosterImport', file, day)).resolves.toEqual([
      { type: 'RosterImportStarted', effectiveOn: day, data: file },
    ]);
    await expect(scene.when(stream, 'startRosterImport', file, day)).resolves.toEqual([]);
  });

  it('refuses another file of the edition', async () => {
    const scene = await given({ stream, type: 'RosterImportStarted', effectiveOn: day, data: file });
    const when = scene.when(stream, 'startRosterImport', { ...file, ...other }, day);
    await expect(when).rejects.toMatchObject({ code: 'E_EDITION_CONFLICT', details: { fileSha256: file.fileSha256 } });
  });
});

describe('completeRosterImport', () => {
  it('closes an import once', async () => {
    const scene = await given({ stream, type: 'RosterImportStarted', effectiveOn: day, data: file });
    await expect(scene.when(stream, 'completeRosterImport', done, day)).resolves.toEqual([
      { type: 'RosterImportCompleted', effectiveOn: day, data: done },
    ]);
    await expect(scene.when(stream, 'completeRosterImport', done, day)).resolves.toEqual([]);
    await expect(scene.when(stream, 'startRosterImport', file, day)).resolves.toEqual([]);
  });

  it('refuses an import that was not begun, and another file than it began with', async () => {
    await expect((await given()).when(stream, 'completeRosterImport', done, day)).rejects.toEqual(
      refused('E_STEP_ORDER'),
    );
    const scene = await given({ stream, type: 'RosterImportStarted', effectiveOn: day, data: file });
    const when = scene.when(stream, 'completeRosterImport', { ...done, ...other }, day);
    await expect(when).rejects.toEqual(refused('E_EDITION_CONFLICT'));
  });
});
