/** The words by which a name is found: as written, in pinyin and by its initials. */
import { pinyin } from 'pinyin-pro';

const latin = new Map<string, readonly [string, string]>();
const latinMax = 200_000;

function latinOf(name: string): readonly [string, string] {
  const known = latin.get(name);
  if (known) return known;
  const syllables = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true });
  const spelled = [syllables.join(''), syllables.map((syllable) => syllable.charAt(0)).join('')] as const;
  // One conversion costs some 10 µs and a rebuild meets the same name often; a full map is begun anew.
  if (latin.size >= latinMax) latin.clear();
  latin.set(name, spelled);
  return spelled;
}

/** The published name, and the base name's pinyin (`xiawei`) and initials (`xw`), in lower case. */
export function searchWords(name: string, shortName: string): readonly string[] {
  const [spelled, initials] = latinOf(shortName);
  return [name.toLowerCase(), spelled.toLowerCase(), initials.toLowerCase()];
}
