/** Fields that an object computes itself. */
import { Field } from 'type-graphql';

type Options = Parameters<typeof Field>[1];
type TypeFunction = () => unknown;

/** A field over a getter, read as a plain property with no resolver around it. The compiled executor reads it several times
 *  and outside any try: so the getter keeps its value, and gives back an Error where another would throw one. */
export const ReadField =
  (type: TypeFunction, options: Options) =>
  (prototype: object, key: string): void =>
    // Without its descriptor the getter is no method to be called, but a property.
    Field(type as () => StringConstructor, options)(prototype, key);

/** What `read` gives, or the error that it throws. */
export function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    // Both executors take an Error for the field's failure.
    return (error instanceof Error ? error : new Error(String(error))) as T;
  }
}
