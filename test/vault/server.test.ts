import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { fact } from '../support/facts.ts';
import { run } from '../support/program.ts';
import { ask, serve } from '../support/served.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { tokenFor } from '../support/token-for.ts';

/** Made up. */
const name = '欧阳虚构';
const village = 'village-v_xiawei0001';

const renamed = { oldName: '下围村民委员会', newName: '下围村委会', newShortName: '下围' };

/** A real log that is not empty, so that a start imports nothing. */
async function folderWithLog(): Promise<string> {
  const dir = tempFolder();
  const store = openSqliteStore({ dir, mode: 'write', kind: 'real', now: Date.now, newId: () => 'log-1' });
  await store.append(village, [fact(village, { data: renamed })], 'none');
  await store.close();
  return dir;
}

/** The bytes of a text as they might lie in a file: UTF-8, UTF-16LE, GB18030, JSON escapes. */
function encodingsOf(text: string): Buffer[] {
  const escaped = [...text].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  return [Buffer.from(text), Buffer.from(text, 'utf16le'), gb18030(text), Buffer.from(escaped)];
}

/** Two bytes a character, found by decoding all of them: Node encodes UTF-8 alone. */
function gb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const bytes = new Map<string, readonly number[]>();
  for (let high = 0x81; high <= 0xfe; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1) bytes.set(decoder.decode(Buffer.from([high, low])), [high, low]);
  }
  return Buffer.from([...text].flatMap((each) => bytes.get(each) ?? []));
}

/** Files of a folder that hold the text in some encoding. */
function filesWith(dir: string, text: string): string[] {
  const needles = encodingsOf(text);
  expect(needles.map(({ length }) => length)).toEqual([12, 8, 8, 24]);
  return readdirSync(dir).filter((file) => needles.some((needle) => readFileSync(join(dir, file)).includes(needle)));
}

const register = 'mutation { registerPerson(input: { commandId: "c-1" }) { person { id } } }';
const store =
  'mutation($p: PersonRef!, $v: PersonalText!) { storePersonalData(input: { commandId: "c-2", person: $p, noticeShown: true, data: [{ field: NAME, value: $v, processingGround: STATUTORY_DUTY, retention: UNTIL_PURPOSE_MET }] }) { events { type } } }';
const read = (commandId: string) =>
  `mutation($p: PersonRef!) { readPersonalData(input: { commandId: "${commandId}", person: $p, purpose: "核实离任补助", fields: [NAME] }) { erased data { value } events { type } } }`;
const erase =
  'mutation($p: PersonRef!) { erasePerson(input: { commandId: "c-9", person: $p, ground: PURPOSE_MET, approvals: [{ by: "增城区民政局", on: "2021-05-01" }] }) { events { type } } }';

interface Read {
  readonly readPersonalData: {
    readonly erased: boolean;
    readonly data: readonly { readonly value: string }[];
    readonly events: readonly { readonly type: string }[];
  };
}

describe('a server with a vault', () => {
  it('keeps a name sealed, reads it on record, rotates the master key, and forgets the name when told', {
    timeout: 300_000,
  }, async () => {
    const dir = await folderWithLog();
    const token = await tokenFor(dir, ['clerk', 'personal-data-reader']);
    const { program, url } = await serve(dir);
    const registered = await ask<{ registerPerson: { person: { id: string } } }>(url, register, {}, token);
    const p = registered.registerPerson.person.id;
    await ask(url, store, { p, v: name }, token);
    const first = await ask<Read>(url, read('c-3'), { p }, token);
    expect(first.readPersonalData).toMatchObject({ erased: false, data: [{ value: name }] });
    expect(first.readPersonalData.events).toEqual([{ type: 'PersonalDataAccessed' }]);
    expect(filesWith(dir, name)).toEqual([]);
    program.signal('SIGTERM');
    await program.ended();

    const rotated = await run(dir, '--json', 'vault', 'rotate');
    expect([rotated.code, JSON.parse(rotated.stdout)]).toEqual([0, expect.objectContaining({ keys: 1 })]);
    const again = await serve(dir);
    const second = await ask<Read>(again.url, read('c-4'), { p }, token);
    expect(second.readPersonalData.data).toEqual([{ value: name }]);
    await ask(again.url, erase, { p }, token);
    const gone = await ask<Read>(again.url, read('c-5'), { p }, token);
    expect(gone.readPersonalData).toMatchObject({ erased: true, data: [] });
    again.program.signal('SIGTERM');
    await again.program.ended();

    expect(filesWith(dir, name)).toEqual([]);
    const status = await run(dir, '--json', 'vault', 'status');
    expect(JSON.parse(status.stdout)).toMatchObject({ persons: 1, erased: 1, fields: 0 });
    expect((await run(dir, '--json', 'verify')).code).toBe(0);
  });
});
