/** Which picture of the world a question is answered from: at() and Moment's arguments, and cursors, which bring their own. */
import { LocalDate } from '../domain/scalars.ts';
import { CodedError } from '../es/errors.ts';
import type { LocalDate as Day, Instant, Position } from '../es/event.ts';
import type { Moment } from '../es/projection.ts';
import type { RequestContext } from './context.ts';
import { type Cursor, decodeCursor } from './cursors.ts';
import { badInput } from './input-error.ts';
import type { PageArgs } from './page.ts';
import { Scene } from './scene.ts';

export interface MomentAsked {
  readonly effectiveOn?: Day | null;
  readonly knownAt?: Instant | null;
  readonly position?: Position | null;
}

/** The moment that is asked for: today and all that is known where nothing is said. Waits for a position ahead of the read model.
 *  Errors: `BAD_USER_INPUT` where both knownAt and position are given, `E_FUTURE_MOMENT` for a knownAt that lies ahead, `E_BEHIND`. */
export async function momentAsked(
  context: RequestContext,
  { effectiveOn, knownAt, position }: MomentAsked,
  path: readonly string[] = [],
): Promise<Moment> {
  if (knownAt != null && position != null) {
    throw badInput([...path, 'position'], 'knownAt and position both say what was known: give one of them.');
  }
  const day = effectiveOn ?? context.basis.effectiveOn;
  if (!LocalDate.safeParse(day).success)
    throw badInput([...path, 'effectiveOn'], 'effectiveOn is no day of the calendar.');
  return { effectiveOn: day, position: await positionAsked(context, knownAt, position) };
}

async function positionAsked(
  { services, basis, reads }: RequestContext,
  knownAt: Instant | null | undefined,
  position: Position | null | undefined,
): Promise<Position> {
  if (knownAt != null) {
    if (knownAt > services.now())
      throw new CodedError('E_FUTURE_MOMENT', 'knownAt lies after now, by the server’s clock.');
    // An event of the same millisecond may still come.
    reads.add('log');
    const known = await services.store.positionAt(knownAt);
    await reached(services, known);
    return known;
  }
  if (position == null) return basis.position;
  await reached(services, position);
  return position;
}

async function reached({ readModel, waitFor }: RequestContext['services'], position: Position): Promise<void> {
  if (readModel.position < position) await waitFor(position);
}

/** The picture that a page is cut from, and where it begins and ends. A cursor's own picture goes before the newest one; under
 *  a snapshot of another moment it is refused. Errors: `BAD_USER_INPUT`, `E_BEHIND`. */
export async function pictureOfPage(
  scene: Scene,
  args: PageArgs,
  list: string,
): Promise<{ scene: Scene; after: Cursor | undefined; before: Cursor | undefined }> {
  const after = args.after == null ? undefined : decodeCursor(args.after, list, 'after');
  const before = args.before == null ? undefined : decodeCursor(args.before, list, 'before');
  const cursor = after ?? before;
  if (!cursor) return { scene, after, before };
  if (after && before && !sameMoment(after.at, before.at))
    throw badInput(['before'], 'The cursors are of two pictures.');
  const { basis, services } = scene.context;
  if (sameMoment(cursor.at, scene.at)) return { scene, after, before };
  const fits =
    (scene.at.position === basis.position || scene.at.position === cursor.at.position) &&
    (scene.at.effectiveOn === basis.effectiveOn || scene.at.effectiveOn === cursor.at.effectiveOn);
  if (!fits) throw badInput([after ? 'after' : 'before'], 'The cursor is of a page of another moment.');
  await reached(services, cursor.at.position);
  return { scene: Scene.at(scene.context, cursor.at), after, before };
}

const sameMoment = (a: Moment, b: Moment) => a.position === b.position && a.effectiveOn === b.effectiveOn;
