/** By what two spellings of a name are one: compatibility forms folded (NFKC), and nothing left that is not seen. */

/** Format characters, variation selectors and fillers. */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const allUnseen = new RegExp(unseen, 'gu');
/** What folds to itself. */
const plain = /^[\x21-\x7e\u4e00-\u9fff]*$/;

/** The key of a name: 下围, 下\u200b围 and ⽩云 written with a radical give what 下围 and 白云 give. Case is kept. */
export function nameKey(name: string): string {
  if (plain.test(name)) return name;
  // Folding may make what is not seen, and taking it away may bring together what folds.
  return name.normalize('NFKC').replace(allUnseen, '').normalize('NFKC').trim();
}

/** The first character of a text that is not seen, as `U+200B`; null where all are. */
export function unseenIn(text: string): string | null {
  if (plain.test(text)) return null;
  const found = unseen.exec(text)?.[0].codePointAt(0);
  return found === undefined ? null : `U+${found.toString(16).toUpperCase().padStart(4, '0')}`;
}
