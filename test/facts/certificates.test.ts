import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { itemsAfter } from '../../src/domain/certificate-list.ts';
import { certificateListCommands } from '../../src/domain/certificate-list-catalogue.ts';
import { readFacts } from '../../src/facts/facts-file.ts';
import { packageRoot } from '../../src/package-root.ts';

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
});
