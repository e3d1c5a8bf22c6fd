/** Canonical JSON (RFC 8785 for the values that events hold): one value, one text, whatever order its keys were written in. */

/** Text of `value` with keys sorted by code unit and members of value undefined left out. Throws on what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('Canonical JSON holds finite numbers only');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`Canonical JSON cannot hold a ${typeof value}`);
  // A date or a map would come back as something else.
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function' || Symbol.iterator in value)
    throw new TypeError('Canonical JSON holds plain objects only');
  const object = value as Record<string, unknown>;
  let members = '';
  for (const key of Object.keys(object).sort()) {
    const member = object[key];
    if (member !== undefined) members += `${members === '' ? '' : ','}${quoted(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

/** Nothing that JSON escapes, nor half a surrogate pair. */
const plain = /^[ !#-[\]-~\u00a0-\ud7ff]*$/;
const plainUnitsMax = 64;

/** Most texts are short and plain: to see that is quicker than to have them quoted, and every append quotes a score of them. */
const quoted = (text: string): string =>
  text.length <= plainUnitsMax && plain.test(text) ? `"${text}"` : JSON.stringify(text);
