/** Base names: what remains of a published name without place and legal suffix. */

// Longest first. The slips of the pen (居委会会, 居委员会, 居民委会) are in the data.
const suffix =
  /(?:渔民委员会社区|居民委员会社区|村民委员会生活区|村民委员会村委会|社区居民委员会|社区居民居委会|社区居委委员会|社区居委员会|社区居民委会|社区居委会会|社区居委会|社区委员会|社区居委|居民委员会|居民委员|居民委会|居委员会|居委会会|居委会|居委|村村民委员会|村民委员会|村村委会|村委会|村委|渔委会|类似居委会|虚拟生活区|虚拟管理处|虚拟社区|虚拟|生活区|社区)$/u;
// What is left of an office's name when its place is taken away is no name.
const office = /^(?:管委会|管理委员会|管理处|办事处)$/u;
const remark = /[（(][^（）()]*[）)]$/u;

/** `东源县灯塔镇下围村民委员会` gives `下围`. `places`: names of the township and of what lies above it, nearest first.
 *  Never empty: a name that is nothing but place and suffix keeps the place. */
export function shortNameOf(name: string, places: readonly string[] = []): string {
  const unremarked = name.replace(remark, '') || name;
  const whole = withoutPlaces(unremarked, places);
  const bare = withoutSuffix(whole);
  return bare === '' || office.test(bare) ? withoutSuffix(unremarked) || unremarked : bare;
}

/** From the outermost place inwards; the place itself must not be all there is. */
function withoutPlaces(name: string, places: readonly string[]): string {
  let rest = name;
  for (let at = places.length - 1; at >= 0; at -= 1) {
    const place = places[at] as string;
    const found = rest.startsWith(place) ? place : at === 0 ? otherForm(rest, place) : undefined;
    if (found !== undefined && rest.length > found.length) rest = rest.slice(found.length);
  }
  return rest;
}

/** The township under another form of its name: 枫溪区 in a name where the township is 枫溪镇. */
function otherForm(name: string, township: string): string | undefined {
  const stem = township.replace(/(?:街道办事处|街道|镇|乡)$/u, '');
  if (stem.length < 2 || !name.startsWith(stem)) return undefined;
  const form = /^(?:街道办事处|街道|镇|乡|区)/u.exec(name.slice(stem.length))?.[0];
  return form === undefined ? undefined : stem + form;
}

function withoutSuffix(name: string): string {
  const found = suffix.exec(name)?.[0];
  if (found === undefined) return name.length > 2 && name.endsWith('村') ? name.slice(0, -1) : name;
  const base = name.slice(0, -found.length);
  // 夏村村委会 and 许村民委员会 are committees of 夏村 and 许村: a single character is no name of a village.
  return found.startsWith('村') && base.length === 1 ? `${base}村` : base;
}
