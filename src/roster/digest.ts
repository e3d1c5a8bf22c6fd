import { createHash } from 'node:crypto';

/** SHA-256 in hex of the text as UTF-8. */
export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** An id of its own for what `text` names: opaque, the same on every machine. `prefix` says what it is of: `v_`, `d_`, `r_`. */
export const opaqueId = (prefix: 'v_' | 'd_' | 'r_', text: string): string => `${prefix}${sha256Of(text).slice(0, 20)}`;
