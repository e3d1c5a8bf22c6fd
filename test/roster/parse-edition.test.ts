import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CodedError } from '../../src/es/errors.ts';
import { editionText } from '../../src/roster/edition.ts';
import { parseEdition } from '../../src/roster/parse-edition.ts';
import { editionBytes, editionYears } from '../support/editions.ts';

const head = 'code,name\n44,广东省\n4401,广州市\n440101,东区\n440101100,石滩镇\n';
const whole = `${head}440101100201,下围村委会\n440101100202,大?村委会\n`;
const bytes = (text: string) => Buffer.from(text, 'utf8');

function refusal(file: Uint8Array): { code: string; line: unknown; message: string } {
  try {
    parseEdition(file);
  } catch (error) {
    if (error instanceof CodedError) return { code: error.code, line: error.details.line, message: error.message };
    throw error;
  }
  throw new Error('the file was accepted');
}

describe('parseEdition()', () => {
  it('reads every row, packed or plain, under one hash', () => {
    const plain = parseEdition(bytes(whole));
    expect(plain.rows).toHaveLength(6);
    expect(plain.rows.at(-1)).toEqual({ code: '440101100202', name: '大?村委会' });
    expect(plain.sha256).toBe(createHash('sha256').update(whole).digest('hex'));
    expect(parseEdition(gzipSync(bytes(whole)))).toEqual(plain);
  });

  it.each(editionYears)('reads the real edition of %i row by row, dirt included', (year) => {
    const { rows, sha256 } = parseEdition(editionBytes(year));
    const text = gunzipSync(editionBytes(year));
    expect(editionText(rows)).toBe(text.toString('utf8'));
    expect(sha256).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it.each([
    ['another header', whole.replace('code,name', 'code;name'), 1],
    ['a byte order mark', `\uFEFF${whole}`, 1],
    ['nothing but a header', 'code,name\n', 1],
    ['a code of five digits', whole.replace('\n4401,', '\n44011,'), 3],
    ['a code with a letter', whole.replace('440101100202', '44010110020x'), 7],
    ['a village code in no band', whole.replace('440101100202', '440101100602'), 7],
    ['a missing township', whole.replace('440101100,石滩镇\n', ''), 5],
    ['a missing county', whole.replace('440101,东区\n', ''), 4],
    ['a line that stands twice', whole.replace('440101100202,大?村委会', '440101100201,下围村委会'), 7],
    ['a code that stands twice', whole.replace('440101100202', '440101100201'), 7],
    ['rows out of order', whole.replace('440101100202', '440101100200'), 7],
    ['an empty name', whole.replace('下围村委会', ''), 6],
    ['a third column', whole.replace('下围村委会', '下围村委会,1'), 6],
    ['a line without a comma', whole.replace('440101100201,下围村委会', '440101100201'), 6],
    ['lines that end in carriage returns', whole.replaceAll('\n', '\r\n'), 1],
    ['a last line that is cut off', whole.slice(0, -3), 7],
    ['a file that is cut off within a code', whole.slice(0, whole.length - 14), 7],
  ])('refuses %s with its line', (_, text, line) => {
    const refused = refusal(bytes(text));
    expect([refused.code, refused.line]).toEqual(['E_ROSTER_INVALID', line]);
    expect(refused.message).toContain(`Line ${line}:`);
  });

  it('refuses another encoding with the first line that shows it', () => {
    // 下围 in GB 18030.
    const file = Buffer.concat([bytes(`${head}440101100201,`), Buffer.from([0xcf, 0xc2, 0xce, 0xa7]), bytes('\n')]);
    expect(refusal(file)).toMatchObject({ code: 'E_ROSTER_INVALID', line: 6 });
  });

  it('refuses a packed file that is cut off, with the line it reaches', () => {
    const packed = editionBytes(2016);
    const refused = refusal(packed.subarray(0, packed.length - 1_000));
    expect(refused.code).toBe('E_ROSTER_INVALID');
    expect(Number(refused.line)).toBeGreaterThan(20_000);
  });

  it('refuses a packed file that is damaged at its first byte', () => {
    const packed = Buffer.from(gzipSync(bytes(whole)));
    packed.fill(0xff, 2);
    expect(refusal(packed)).toMatchObject({ code: 'E_ROSTER_INVALID', line: 1 });
  });

  it('refuses an empty file', () => {
    expect(refusal(bytes(''))).toMatchObject({ code: 'E_ROSTER_INVALID' });
  });
});
