/** What was done under a document. */
import { Args, FieldResolver, Resolver, Root } from 'type-graphql';
import { basisSubject, type Position, type RecordedEvent } from '../es/event.ts';
import { encodeCursor } from './cursors.ts';
import { eventView } from './event.ts';
import { EventConnection } from './event-connection.ts';
import { cutPage, PageArgs, pageAsked } from './page.ts';
import { pictureOfPage } from './picture.ts';
import { PolicyDocument } from './policy-document.ts';
import type { Scene } from './scene.ts';

const countedMax = 9_999;

interface Asked {
  readonly from?: Position;
  readonly until?: Position;
  readonly backwards?: boolean;
  readonly limit: number;
}

@Resolver(() => PolicyDocument)
export class DocumentEventsField {
  @FieldResolver(() => EventConnection, {
    description: `Every event known at the moment whose legal basis names the document, by its number, its title or an alias, in the log's order. totalCount is null above ${countedMax}. Errors: BAD_USER_INPUT, E_BEHIND.`,
  })
  async events(@Root() document: PolicyDocument, @Args(() => PageArgs) args: PageArgs): Promise<EventConnection> {
    const page = pageAsked(args);
    const list = `basis:${document.id}`;
    const { scene, after, before } = await pictureOfPage(document.scene, args, list);
    const head = scene.at.position;
    const [first, end] = [Number(after?.place[0] ?? 0), Number(before?.place[0] ?? head + 1)];
    const bounds = page.fromEnd ? { from: end, until: first + 1 } : { from: first, until: end - 1 };
    const asked = { ...bounds, backwards: page.fromEnd, limit: page.limit + 1 };
    const read = await under(scene, document, asked);
    const cut = cutPage(page.fromEnd ? read.toReversed() : read, page, args);
    return new EventConnection(
      { ...cut, items: cut.items.map((event) => eventView(scene, event)) },
      ({ position }) => encodeCursor({ at: scene.at, list, place: [position] }),
      async () => {
        const { length } = await under(scene, document, { until: head, limit: countedMax + 1 });
        return length > countedMax ? null : length;
      },
    );
  }
}

async function under(
  { context }: Scene,
  { number, title, aliases }: PolicyDocument,
  asked: Asked,
): Promise<readonly RecordedEvent[]> {
  context.reads.add('log');
  const names = [...(number === null ? [] : [number]), title, ...aliases];
  const subjects = [...new Set(names.map(basisSubject))];
  return context.services.store.readLog({ ...asked, filter: { subjects } });
}
