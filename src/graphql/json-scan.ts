/** One pass over a JSON text for what JSON.parse lets pass. It keeps its own stack, so that no depth exhausts the thread's. */
import type { Limits } from './limits.ts';

export type JsonLimits = Pick<Limits, 'jsonDepthMax' | 'jsonKeysMax'>;

export type JsonFault =
  | { readonly kind: 'limit'; readonly limit: keyof JsonLimits; readonly what: string }
  | { readonly kind: 'grammar'; readonly message: string }
  | { readonly kind: 'value'; readonly message: string; readonly path: readonly (string | number)[] };

interface Frame {
  /** Keys seen so far; null in an array. */
  readonly keys: Set<string> | null;
  /** The place within it that is read at the moment. */
  place: string | number;
  /** In an object, whether the next string is a key. */
  isKeyNext: boolean;
}

const number = /-?[\d.eE+-]*/y;
const keyCharsShown = 40;

export class JsonScan {
  private at = 0;
  private readonly frames: Frame[] = [];

  constructor(
    private readonly text: string,
    private readonly limits: JsonLimits,
  ) {}

  /** What is wrong first, or null. The grammar is left to JSON.parse: a text without fault may still be no JSON. */
  firstFault(): JsonFault | null {
    const { text } = this;
    for (this.at = 0; this.at < text.length; ) {
      const fault = this.step(text[this.at] as string);
      if (fault) return fault;
    }
    return null;
  }

  private step(character: string): JsonFault | null {
    switch (character) {
      case '{':
      case '[':
        return this.open(character === '{');
      case '}':
      case ']':
        this.frames.pop();
        break;
      case ',':
        this.next();
        break;
      case '"':
        return this.string();
      default:
        if (character === '-' || (character >= '0' && character <= '9')) return this.number();
    }
    this.at += 1;
    return null;
  }

  private open(isObject: boolean): JsonFault | null {
    if (this.frames.length >= this.limits.jsonDepthMax)
      return { kind: 'limit', limit: 'jsonDepthMax', what: 'The depth of the JSON is' };
    this.frames.push({ keys: isObject ? new Set() : null, place: isObject ? '' : 0, isKeyNext: isObject });
    this.at += 1;
    return null;
  }

  private next(): void {
    const frame = this.frames.at(-1);
    if (!frame) return;
    if (frame.keys) frame.isKeyNext = true;
    else frame.place = (frame.place as number) + 1;
  }

  private string(): JsonFault | null {
    const end = this.endOfString();
    if (end < 0) return { kind: 'grammar', message: 'a string does not end' };
    const raw = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    const value = raw.includes('\\') || raw.includes('\0') ? unescaped(raw) : raw;
    if (value === undefined) return { kind: 'grammar', message: 'a string holds what strings do not' };
    const frame = this.frames.at(-1);
    if (frame?.keys && frame.isKeyNext) return this.key(frame, frame.keys, value);
    return this.fault(faultOfString(value));
  }

  private key(frame: Frame, keys: Set<string>, key: string): JsonFault | null {
    frame.isKeyNext = false;
    frame.place = key;
    if (keys.has(key)) return { kind: 'grammar', message: `an object has the key ${shown(key)} twice` };
    if (faultOfString(key)) return { kind: 'grammar', message: `the key ${shown(key)} holds half a character or NUL` };
    keys.add(key);
    if (keys.size <= this.limits.jsonKeysMax) return null;
    return { kind: 'limit', limit: 'jsonKeysMax', what: 'The number of keys of one object is' };
  }

  /** Place of the closing quote, or -1. */
  private endOfString(): number {
    const { text } = this;
    for (let end = text.indexOf('"', this.at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
      let before = end;
      while (text[before - 1] === '\\') before -= 1;
      if ((end - before) % 2 === 0) return end;
    }
    return -1;
  }

  private number(): JsonFault | null {
    number.lastIndex = this.at;
    const [written = ''] = number.exec(this.text) ?? [];
    this.at += written.length;
    const value = Number(written);
    const isHeld = Number.isFinite(value) && (/[.eE]/.test(written) || Number.isSafeInteger(value));
    return this.fault(isHeld || Number.isNaN(value) ? null : 'number is beyond what a double holds exactly.');
  }

  private fault(message: string | null): JsonFault | null {
    return message === null ? null : { kind: 'value', message, path: this.frames.map(({ place }) => place) };
  }
}

const shown = (key: string): string => JSON.stringify(key.slice(0, keyCharsShown));

function unescaped(raw: string): string | undefined {
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return undefined;
  }
}

function faultOfString(value: string): string | null {
  if (/\p{Cs}/u.test(value)) return 'string holds half of a surrogate pair.';
  return value.includes('\0') ? 'string holds NUL.' : null;
}
