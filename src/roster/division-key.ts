/** What two spellings of a division's name share. */

const townshipSuffix = /(?:街道办事处|街道办|街道|办事处|管理委员会|管委会|管理处|管理区|镇|乡)$/u;
const countySuffix = /(?:自治县|县|区|市)$/u;

/** `福永街道办事处` and `福永街道` give `福永`; `增城市` and `增城区` give `增城`. Never empty. */
export function divisionKey(name: string, level: 'PROVINCE' | 'PREFECTURE' | 'COUNTY' | 'TOWNSHIP'): string {
  if (level === 'PROVINCE' || level === 'PREFECTURE') return name;
  const suffix = level === 'TOWNSHIP' ? townshipSuffix : countySuffix;
  const key = name.replace(suffix, '');
  return key.length > 1 ? key : name;
}
