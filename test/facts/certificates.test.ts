import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { itemsAfter } from '../../src/domain/certificate-list.ts';
import { certificateListCommands } from '../../src/domain/certificate-list-catalogue.ts';
import { certificateRuleOf } from '../../src/domain/certificate-rule.ts';
import { readFacts } from '../../src/facts/facts-file.ts';
import { type ActLedger, importAct } from '../../src/facts/import-acts.ts';
import { madeBy } from '../../src/graphql/derive/things.ts';
import { packageRoot } from '../../src/package-root.ts';
import { given } from '../support/given.ts';
import { divisionIds, of, places, start, villagesListed } from '../support/hamlet-county.ts';
import { worldOf } from '../support/world.ts';

const { acts } = readFacts(readFileSync(join(packageRoot, 'data/facts/certificates.yaml'), 'utf8'));
const lists = acts
  .filter(({ command }) => command === 'publishCertificateList')
  .map(({ key, data }) => {
    // A reference to another act stands for an id.
    const copies = data.copies === undefined ? undefined : 'cl_00000000';
    return { key, list: certificateListCommands.publishCertificateList.schema.parse({ ...data, copies }) };
  });
const listOf = (key: string) => lists.find((each) => each.key === key)?.list;

describe('data/facts/certificates.yaml', () => {
  it('names the national 20, and of the province’s 23 those that are known', () => {
    const national = listOf('cert-prohibited-centre-1');
    const provincial = listOf('cert-prohibited-province-1');
    expect([national?.items.length, national?.itemsTotal]).toEqual([20, 20]);
    expect([provincial?.items.length, provincial?.itemsTotal]).toEqual([20, 23]);
    expect(itemsAfter(national?.items ?? [], [], provincial?.items.map(({ itemCode }) => itemCode) ?? [])).toEqual([]);
  });

  it('says of every list whose day was not seen that it was not', () => {
    for (const { note, effectiveOn } of acts) {
      expect(effectiveOn).toMatch(/-12-31$/);
      expect(note).toMatch(/未见|仅知/);
    }
  });

  it('is taken act by act, and rules a township by the province’s list', async () => {
    const city = (id: string, code: string, name: string) =>
      of(`division-${id}`, 'DivisionListed', start, { code, name, level: 'PREFECTURE', parent: divisionIds.province });
    const cities = [city('d_yangjiang', '4417', '阳江市'), city('d_zhuhai000', '4404', '珠海市')];
    const { store } = await given(...places, ...cities, ...villagesListed);
    let world = worldOf(await store.readLog({ limit: 100 }));
    const ledger: ActLedger = {
      store,
      today: () => '2026-11-24',
      get world() {
        return world;
      },
      waitFor: async () => {
        world = worldOf(await store.readLog({ limit: 100 }));
      },
      madeId: madeBy,
    };
    for (const [at, act] of acts.filter(({ command }) => command === 'publishCertificateList').entries()) {
      expect(await importAct(ledger, act, at, 'test')).toBe(1);
      expect(await importAct(ledger, act, at, 'test')).toBe(0);
    }
    const rule = certificateRuleOf('KINSHIP', world.certificateLists(divisionIds.shitan, '2021-05-06'));
    expect(rule).toMatchObject({ ruling: 'PROHIBITED', list: { documentNumber: '粤民发〔2020〕139号' } });
    expect(world.certificateLists(divisionIds.shitan, '2022-01-01')).toHaveLength(4);
  });
});
