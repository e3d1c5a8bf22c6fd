/** One object type an event of the catalogue, implementing Event; and the type for events that this program does not know. */
import { Field, ObjectType } from 'type-graphql';
import { eventCatalogue } from '../../domain/index.ts';
import { Event } from '../event.ts';
import { Node } from '../node.ts';
import { type AnyClass, addFields, namedClass } from './types.ts';

/** Makes the event types, once a process. Throws where a payload's field has no GraphQL form. */
export function deriveEvents(): AnyClass[] {
  const types = [...eventCatalogue].map(([name, { description, shape }]) => {
    const target = eventClass(name, description);
    addFields(target, shape, 'output', name);
    return target;
  });
  const unknown = eventClass('UnknownEvent', 'An event of a type or version that this server does not know yet.');
  Field(() => String, { description: 'The payload as JSON text.' })(unknown.prototype, 'data');
  return [...types, unknown];
}

function eventClass(name: string, description: string): AnyClass {
  const target = namedClass(name);
  ObjectType(name, { description, implements: [Node, Event], simpleResolvers: true })(target);
  return target;
}
