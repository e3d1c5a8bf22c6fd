/** Canonical JSON (RFC 8785 for the values that events hold): one value, one text, whatever order its keys were written in. */

/** Text of `value` with keys sorted by code unit and members of value undefined left out. Throws on what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('Canonical JSON holds finite numbers only');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    let items = '';
    for (let at = 0; at < value.length; at += 1)
      items += at === 0 ? canonicalJson(value[at]) : `,${canonicalJson(value[at])}`;
    return `[${items}]`;
  }
  if (typeof value !== 'object') throw new TypeError(`Canonical JSON cannot hold a ${typeof value}`);
  // A date or a map would come back as something else.
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function' || Symbol.iterator in value)
    throw new TypeError('Canonical JSON holds plain objects only');
  const object = value as Record<string, unknown>;
  let members = '';
  for (const key of sortedKeys(object)) {
    const member = object[key];
    if (member !== undefined) members += `${members === '' ? '' : ','}${quoted(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

/** Many objects are written in order, and most are small: to see that is quicker than to sort. */
function sortedKeys(object: object): string[] {
  const keys = Object.keys(object);
  for (let at = 1; at < keys.length; at += 1) {
    if ((keys[at - 1] as string) > (keys[at] as string)) return keys.sort();
  }
  return keys;
}

/** Nothing that JSON escapes, nor half a surrogate pair. */
const plain = /^[ !#-[\]-~\u00a0-\ud7ff]*$/;
const plainUnitsMax = 64;

/** Most texts are short and plain: to see that is quicker than to have them quoted, and every append quotes a score of them. */
const quoted = (text: string): string =>
  text.length <= plainUnitsMax && plain.test(text) ? `"${text}"` : JSON.stringify(text);
