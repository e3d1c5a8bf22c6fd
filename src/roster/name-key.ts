/** By what two spellings of one base name are recognised. */
import { nameKey } from '../es/name-key.ts';

const punctuation = /[.．。·・、\s]/gu;

/** What two spellings of one base name share: 仁里村 and 仁里, 碧桂园.太阳城 and 碧桂园太阳城. */
export function baseNameKey(base: string): string {
  const plain = nameKey(base).replace(punctuation, '');
  return plain.length > 1 && plain.endsWith('村') ? plain.slice(0, -1) : plain || base;
}

/** Whether one of the names has lost a character (`?`), and may be the other spelled out: 大?村委会 and 大(土郎)村委会. */
export function isSpelledOut(a: string, b: string): boolean {
  return (a.includes('?') && lossy(a).test(b)) || (b.includes('?') && lossy(b).test(a));
}

const lossy = (base: string) => new RegExp(`^${base.split('?').map(escaped).join('(?:[（(][^（）()]+[）)]|.)')}$`, 'u');
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
