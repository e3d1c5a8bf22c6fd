/** What the lists of certificates say of an item: the chain from the centre down to the county, resolved for one division and day. */
import type { AuthorityLevel } from './authority.ts';
import { rankOf } from './level-rank.ts';

export interface CertificateListItemView {
  readonly itemCode: string;
  readonly name: string;
  readonly legalBasis?: string;
  readonly substituteRoute?: string;
  readonly responsibleDept?: string;
  readonly copied?: boolean;
}

/** A list that is in force on a day. */
export interface CertificateListView {
  readonly id: string;
  readonly kind: 'PROHIBITED' | 'PERMITTED';
  readonly level: AuthorityLevel;
  /** Number of its document. */
  readonly documentNumber?: string;
  readonly title?: string;
  readonly items: readonly CertificateListItemView[];
}

export interface CertificateRule<List extends CertificateListView = CertificateListView> {
  readonly ruling: 'PROHIBITED' | 'PERMITTED' | 'DISCRETIONARY';
  /** The nearest list that says so; null where the item stands in none. */
  readonly list: List | null;
  readonly item: CertificateListItemView | null;
  /** What stands in the item's place, as the nearest list that knows says. */
  readonly substituteRoute: string | null;
}

/** What `lists`, those of the whole chain, say of an item. A prohibition at any level holds; the nearest list is named. */
export function certificateRuleOf<List extends CertificateListView>(
  itemCode: string,
  lists: readonly List[],
): CertificateRule<List> {
  const naming = lists
    .flatMap((list) => list.items.filter((item) => item.itemCode === itemCode).map((item) => ({ list, item })))
    .sort((a, b) => rankOf(a.list.level) - rankOf(b.list.level));
  for (const ruling of ['PROHIBITED', 'PERMITTED'] as const) {
    const saying = naming.filter(({ list }) => list.kind === ruling);
    const [nearest] = saying;
    if (!nearest) continue;
    const route = saying.find(({ item }) => item.substituteRoute !== undefined)?.item.substituteRoute;
    return { ruling, ...nearest, substituteRoute: route ?? null };
  }
  return { ruling: 'DISCRETIONARY', list: null, item: null, substituteRoute: null };
}
