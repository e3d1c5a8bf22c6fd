import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openForWriting } from '../../src/cli/data-folder.ts';
import { person } from '../../src/domain/person.ts';
import type { PersonalDatum } from '../../src/domain/personal-field.ts';
import type { AnyAggregate } from '../../src/es/aggregate.ts';
import { execute } from '../../src/es/execute.ts';
import { LedgerVault } from '../../src/vault/ledger-vault.ts';
import { Vault } from '../../src/vault/vault.ts';
import { VaultKey } from '../../src/vault/vault-key.ts';
import { stoppingAfter } from '../support/stopping-after.ts';
import { tempFolder } from '../support/temp-folder.ts';

const name = '欧阳下围春';
const why = { processingGround: 'STATUTORY_DUTY', retention: 'UNTIL_TERM_ENDS' } as const;
const data: PersonalDatum[] = [{ field: 'NAME', value: name, ...why }];
const header = (commandId: string) => ({ commandId, basis: [], recordedBy: 'clerk' });
const erasure = { ground: 'PURPOSE_MET', approvals: [{ by: '县民政局', on: '2024-01-01' }] } as const;
const asked = { purpose: 'check', fields: ['NAME'] } as const;
const personRef = `p_${'a'.repeat(24)}`;

/** The name as any of the folder's files might hold it. GB18030 holds these characters as GBK does. */
const encodings = [
  Buffer.from(name, 'utf8'),
  Buffer.from(name, 'utf16le'),
  Buffer.from('c5b7d1f4cfc2cea7b4ba', 'hex'),
  Buffer.from([...name].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')),
];
const filesNaming = (dir: string): string[] =>
  readdirSync(dir).filter((file) => encodings.some((bytes) => readFileSync(join(dir, file)).includes(bytes)));

function opened(dir: string, wrap = (store: ReturnType<typeof openForWriting>) => store) {
  const store = openForWriting(dir, 'real');
  const vault = new LedgerVault({
    dir,
    key: null,
    ledger: { store: wrap(store), today: () => '2024-06-01', world: null },
  });
  const close = async () => {
    await vault.close();
    await store.close();
  };
  return { store, vault, close };
}

/** How many keys and sealed data the file holds of a person. */
function held(dir: string, ref: string): { keys: number; data: number } {
  const database = new DatabaseSync(join(dir, 'vault.sqlite'), { readOnly: true });
  const count = (sql: string) => (database.prepare(sql).get(ref) as { n: number }).n;
  const found = {
    keys: count('select count(wrapped_key) as n from person where person_ref = ?'),
    data: count('select count(*) as n from datum where person_ref = ?'),
  };
  database.close();
  return found;
}

describe('a person in the vault', () => {
  it('is read for a purpose, is nowhere in the clear, and is gone once erased', async () => {
    const dir = tempFolder();
    const { store, vault, close } = opened(dir);
    const { personRef: ref } = await vault.register(header('r'));
    await vault.store(header('s'), ref, data, true);
    await vault.store(header('s'), ref, data, true);
    const { receipt, data: read } = await vault.read(header('a'), ref, asked);
    expect(read).toEqual(data);
    expect(receipt.events.map(({ type }) => type)).toEqual(['PersonalDataAccessed']);
    await expect(vault.read(header('a'), ref, asked)).rejects.toMatchObject({ code: 'E_DUPLICATE_COMMAND' });
    await expect(vault.read(header('b'), ref, { ...asked, purpose: ' ' })).rejects.toMatchObject({
      code: 'E_PURPOSE_MISSING',
    });
    expect(filesNaming(dir)).toEqual([]);
    await vault.erase(header('e'), ref, erasure);
    await expect(vault.store(header('t'), ref, data, true)).rejects.toMatchObject({ code: 'E_PERSON_ERASED' });
    expect(await vault.read(header('c'), ref, asked)).toMatchObject({ erased: true, data: [] });
    expect((await store.readLog({ limit: 100 })).map(({ type }) => type)).toEqual([
      'PersonRegistered',
      'PersonalDataStored',
      'PersonalDataAccessed',
      'PersonKeyDestroyed',
    ]);
    await close();
    expect(filesNaming(dir)).toEqual([]);
    const file = new DatabaseSync(join(dir, 'vault.sqlite'));
    expect(file.prepare('select (select count(*) from datum) d, wrapped_key k, erased e from person').get()).toEqual({
      d: 0,
      k: null,
      e: 1,
    });
    file.close();
  });

  it('is destroyed at the next opening where a kill came between the event and the destruction', async () => {
    const dir = tempFolder();
    const first = opened(dir);
    const { personRef: ref } = await first.vault.register(header('r'));
    await first.vault.store(header('s'), ref, data, true);
    // What a kill at that point leaves: the event in the log, the key still in the vault.
    await execute({ store: first.store, today: () => '2024-06-01', world: null }, person as unknown as AnyAggregate, {
      ...header('e'),
      name: 'erasePerson',
      stream: `person-${ref}`,
      data: erasure,
      effectiveOn: '2024-06-01',
    });
    await first.close();
    expect(held(dir, ref)).toEqual({ keys: 1, data: 1 });
    const second = opened(dir);
    await second.vault.settle();
    await second.close();
    expect(held(dir, ref)).toEqual({ keys: 0, data: 0 });
  });

  it('is destroyed again where the vault of before its erasure was restored', async () => {
    const dir = tempFolder();
    const first = opened(dir);
    const { personRef: ref } = await first.vault.register(header('r'));
    await first.vault.store(header('s'), ref, data, true);
    await first.close();
    const before = readFileSync(join(dir, 'vault.sqlite'));
    const second = opened(dir);
    await second.vault.erase(header('e'), ref, erasure);
    await second.close();
    writeFileSync(join(dir, 'vault.sqlite'), before);
    expect(held(dir, ref)).toEqual({ keys: 1, data: 1 });
    const third = opened(dir);
    await expect(third.vault.read(header('a'), ref, asked)).resolves.toMatchObject({ erased: true, data: [] });
    await third.close();
    expect(held(dir, ref)).toEqual({ keys: 0, data: 0 });
  });

  it('is not read where the reading cannot be written', async () => {
    const { vault, close } = opened(tempFolder(), (store) => stoppingAfter(store, 2) as typeof store);
    const { personRef: ref } = await vault.register(header('r'));
    await vault.store(header('s'), ref, data, true);
    await expect(vault.read(header('a'), ref, asked)).rejects.toThrow('power cut');
    await close();
  });
});

describe('Vault', () => {
  const boxed = (dir: string) => new Vault({ dir, logId: 'log', key: null });

  it('gives back any well-formed text', async () => {
    const vault = boxed(tempFolder());
    vault.ensureKey(personRef);
    let version = 0;
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), async (value) => {
        vault.put(personRef, ++version, [{ field: 'ADDRESS', value, ...why }]);
        expect(vault.get(personRef)).toEqual([{ field: 'ADDRESS', value, ...why, version }]);
      }),
    );
    vault.close();
  });

  it.each([
    ['a byte of a box', "update datum set box = zeroblob(92) where field = 'NAME'"],
    [
      'another field’s box',
      "update datum set box = (select box from datum where field = 'PHONE') where field = 'NAME'",
    ],
    ['a version', "update datum set version = 9 where field = 'NAME'"],
    ['a ground', "update datum set processing_ground = 'CONSENT' where field = 'NAME'"],
  ])('refuses %s that was changed', (_, change) => {
    const dir = tempFolder();
    const vault = boxed(dir);
    vault.ensureKey(personRef);
    vault.put(personRef, 1, [...data, { field: 'PHONE', value: '12345678', ...why }]);
    const beside = new DatabaseSync(join(dir, 'vault.sqlite'));
    beside.exec(change);
    beside.close();
    expect(() => vault.get(personRef)).toThrow(expect.objectContaining({ code: 'E_VAULT_DAMAGED' }));
    vault.close();
  });

  it('opens with the next key alone once it was rotated', () => {
    const dir = tempFolder();
    const [last, next] = [VaultKey.random(), VaultKey.random()];
    const vault = new Vault({ dir, logId: 'log', key: last });
    vault.ensureKey(personRef);
    vault.put(personRef, 1, data);
    expect(vault.rotate(next, 1)).toBe(1);
    vault.close();
    const again = new Vault({ dir, logId: 'log', key: next });
    expect(again.get(personRef)).toMatchObject([{ value: name }]);
    again.close();
    const locked = new Vault({ dir, logId: 'log', key: last });
    expect(() => locked.get(personRef)).toThrow(expect.objectContaining({ code: 'E_VAULT_LOCKED' }));
    locked.close();
  });
});
