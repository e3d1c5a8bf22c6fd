/** Base names: what remains of a published name without place and legal suffix. */

const suffix = /(村?社区|村)?(居民委员会|居民委员|居委会|村民委员会|村委会|居委|村委)$/u;

/** `下围村委会` gives `下围`. `places` are the names of the township and what lies above it. */
export function shortNameOf(name: string, places: readonly string[]): string {
  let rest = name.trim();
  for (const place of [...places].reverse()) if (rest.startsWith(place) && rest.length > place.length) rest = rest.slice(place.length);
  const base = rest.replace(suffix, '');
  return base === '' ? rest : base;
}
