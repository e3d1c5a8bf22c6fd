/** What was done under a document. */
import { Args, FieldResolver, Resolver, Root } from 'type-graphql';
import { encodeCursor } from './cursors.ts';
import { type EventView, eventView } from './event.ts';
import { EventConnection } from './event-connection.ts';
import { LogSearch } from './log-search.ts';
import { cutPage, PageArgs, pageAsked } from './page.ts';
import { pictureOfPage } from './picture.ts';
import { PolicyDocument } from './policy-document.ts';

const countedMax = 9_999;

@Resolver(() => PolicyDocument)
export class DocumentEventsField {
  @FieldResolver(() => EventConnection, {
    description: `Every event known at the moment whose legal basis names the document, by its number, its title or an alias, in the log's order. totalCount is null above ${countedMax}. Errors: BAD_USER_INPUT, E_BEHIND.`,
  })
  async events(@Root() document: PolicyDocument, @Args(() => PageArgs) args: PageArgs): Promise<EventConnection> {
    const page = pageAsked(args);
    const list = `basis:${document.id}`;
    const { scene, after, before } = await pictureOfPage(document.scene, args, list);
    const { number, title, aliases } = document;
    const documents = [...new Set([...(number === null ? [] : [number]), title, ...aliases])];
    const search = new LogSearch(scene, { documents });
    const { limit, fromEnd } = page;
    const [first, last] = [after, before].map((cursor) => (cursor ? Number(cursor.place[0]) : undefined));
    const { found, resume } = await search.read({
      after: first,
      before: last,
      backwards: fromEnd,
      limit: limit + 1,
    });
    const cut = cutPage(fromEnd ? found.toReversed() : found, page, args);
    const cursorAt = (position: number) => encodeCursor({ at: scene.at, list, place: [position] });
    const more = resume !== null;
    return new EventConnection(
      {
        items: cut.items.map((event) => eventView(scene, event)),
        hasNextPage: cut.hasNextPage || (!fromEnd && more),
        hasPreviousPage: cut.hasPreviousPage || (fromEnd && more),
        ...(more && { [fromEnd ? 'startCursor' : 'endCursor']: cursorAt(resume) }),
      },
      ({ position }: EventView) => cursorAt(position),
      async () => {
        const count = await search.count();
        return count === null || count > countedMax ? null : count;
      },
    );
  }
}
