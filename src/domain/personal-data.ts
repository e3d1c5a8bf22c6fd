/** What looks like personal data has no place in an event: an event stays for ever, and the law asks for deletion (个人信息保护法
 *  art. 47). Names are not found by a pattern; identity numbers, bank cards and phones are. */
import { nameKey } from '../es/name-key.ts';

export type PersonalData = 'IDENTITY_NUMBER' | 'BANK_CARD' | 'PHONE';

const separators = /(?<=\d)[\s\-.·]{1,2}(?=[\dXx])/gu;
const identityNumber =
  /(?<![0-9A-Za-z])\d{6}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])/u;
const oldIdentityNumber = /(?<![0-9A-Za-z])\d{6}\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])/u;
const cardNumber = /(?<![0-9A-Za-z])\d{16,19}(?![0-9A-Za-z])/gu;
const mobile = /(?<![0-9A-Za-z])(?:(?:\+|00)?86)?1[3-9]\d{9}(?![0-9A-Za-z])/u;
const landline = /(?<!\d)0\d{2,3}[-－—\s]\d{7,8}(?!\d)/u;

/** What a text looks to hold; null where nothing. Full-width digits and separated groups count as the number they spell. */
export function personalDataIn(text: string): PersonalData | null {
  if (!mayHoldNumber(text)) return null;
  const plain = nameKey(text);
  if (landline.test(plain)) return 'PHONE';
  const joined = plain.replace(separators, '');
  if (identityNumber.test(joined) || oldIdentityNumber.test(joined)) return 'IDENTITY_NUMBER';
  for (const [digits] of joined.matchAll(cardNumber)) if (passesLuhn(digits)) return 'BANK_CARD';
  return mobile.test(joined) ? 'PHONE' : null;
}

/** The first text anywhere in a value that looks to hold personal data, with its path. */
export function findPersonalData(value: unknown): { readonly path: string; readonly kind: PersonalData } | null {
  if (typeof value === 'string') {
    const kind = value.length < 11 ? null : personalDataIn(value);
    return kind && { path: '', kind };
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const key of Object.keys(value)) {
    const found = findPersonalData((value as Record<string, unknown>)[key]);
    if (found) return { path: found.path === '' ? key : `${key}.${found.path}`, kind: found.kind };
  }
  return null;
}

/** The shortest number of all is a landline's. */
const digitsMin = 10;

/** Whether a text may hold so many digits with no letter among them. Every act's every text is asked, and nearly none does; what
 *  normalising may make digits of, or what is not known here, may. */
function mayHoldNumber(text: string): boolean {
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x30 && unit <= 0x39) {
      digits += 1;
      if (digits === digitsMin) return true;
    } else if ((unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a) || isIdeograph(unit)) digits = 0;
    else if (unit >= 0x80 && !isPlainMark(unit)) return true;
  }
  return false;
}

/** Ideographs that normalising leaves as they are. */
const isIdeograph = (unit: number): boolean => unit >= 0x4e00 && unit <= 0x9fff;
/** Middle dot, dashes, quotation marks and Chinese brackets. */
const isPlainMark = (unit: number): boolean =>
  unit === 0xb7 || (unit >= 0x2010 && unit <= 0x201f) || (unit >= 0x3000 && unit <= 0x301b);

/** The check of card numbers (ISO/IEC 7812): without it every long number would be one. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = digits.length - 1, double = false; at >= 0; at -= 1, double = !double) {
    const digit = Number(digits[at]) * (double ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}
