/** Whether a filter names nothing but what the one who asks may see: to be told so is better than to wait for nothing. */
import { type Right, rightsOf } from '../access/may.ts';
import type { Principal } from '../access/principal.ts';
import { rightToSee } from '../access/restricted.ts';
import { access } from '../domain/access.ts';
import { aggregates } from '../domain/index.ts';
import { streamOf } from '../es/event.ts';
import type { RequestContext } from '../graphql/context.ts';
import type { EventFilter } from '../graphql/event-filter.ts';
import { Rights } from '../graphql/rights.ts';

/** Rights of which one is needed to see any event of a type; null where some are public. */
const rightsOfTypes: ReadonlyMap<string, readonly Right[] | null> = typeRights();

/** False where a stream lies outside one's rights, there or not, or where no right of one's shows events of a type. */
export function isFilterAllowed(context: RequestContext, { streams, types }: EventFilter): boolean {
  const rights = Rights.of(context);
  const { principal } = context;
  return (
    (streams ?? []).every((stream) => rightToSee(stream) === null || rights.covers(stream)) &&
    (types ?? []).every((type) => rightsOfTypes.get(type)?.some((right) => hasAnywhere(principal, right)) ?? true)
  );
}

const hasAnywhere = ({ grants }: Principal, right: Right): boolean =>
  grants.some(({ role }) => rightsOf[role].includes(right));

function typeRights(): Map<string, readonly Right[] | null> {
  const found = new Map<string, readonly Right[] | null>();
  for (const { name, events } of aggregates) {
    const right = rightToSee(streamOf(name, ''));
    for (const type of Object.keys(events)) {
      const others = found.get(type);
      // Looks are told by accessLog() alone.
      const own = name === access.name ? [] : [right];
      found.set(type, right === null || others === null ? null : ([...(others ?? []), ...own] as Right[]));
    }
  }
  return found;
}
