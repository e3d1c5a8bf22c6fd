/** Finding rows by a substring of their words: bigrams propose, the words themselves decide. */

import { nameKey } from '../es/name-key.ts';

/** A name's key without case: what is compared with what was folded alike. */
const fold = (text: string): string => nameKey(text).toLowerCase();

/** The words of a row as they are stored: one a line, folded, sorted, each once. */
export function wordsText(words: string): string {
  const folded = new Set<string>();
  for (const word of fold(words).split('\n')) {
    const text = word.replace(/[\s\p{Cc}]+/gu, ' ').trim();
    if (text) folded.add(text);
  }
  return [...folded].sort().join('\n');
}

/** Each UTF-16 unit as four hex digits, so that no character of a word means anything to the index's query language. */
const hex = (unit: number): string => unit.toString(16).padStart(4, '0');

/** Bigrams of every word, and the last character alone: what the index holds for `text` of `wordsText`. */
export function tokensOf(text: string): string {
  const tokens = new Set<string>();
  for (const word of text.split('\n')) {
    for (let i = 0; i < word.length; i++) {
      const next = i + 1 < word.length ? hex(word.charCodeAt(i + 1)) : '';
      tokens.add(`x${hex(word.charCodeAt(i))}${next}`);
    }
  }
  return [...tokens].join(' ');
}

/** What a search asks: every term is a substring of some word. None where nothing is asked. */
export const termsOf = (search: string | undefined): readonly string[] =>
  search === undefined
    ? []
    : fold(search.slice(0, searchLengthMax))
        .split(/[\s\p{Cc}]+/u)
        .filter(Boolean)
        .slice(0, searchTermsMax);

/** Characters and terms of a search that are looked at. */
const searchLengthMax = 200;
const searchTermsMax = 10;

/** The index query that finds every text in which all terms may be. */
export function matchOf(terms: readonly string[]): string {
  const parts = new Set<string>();
  for (const term of terms) {
    if (term.length === 1) parts.add(`x${hex(term.charCodeAt(0))}*`);
    for (let i = 0; i + 1 < term.length; i++) parts.add(`x${hex(term.charCodeAt(i))}${hex(term.charCodeAt(i + 1))}`);
  }
  return [...parts].join(' AND ');
}
