/** The gate of the data layer: what the one who asks may see and do. Every transport's resolvers, exports and cursors ask here,
 *  and what lies outside one's rights is answered as if it were not there. */
import { type DivisionOf, may, type Place, type Right } from '../access/may.ts';
import { rightToSee } from '../access/restricted.ts';
import { CodedError } from '../es/errors.ts';
import { passing, type RequestContext } from './context.ts';
import { placeOfStream } from './place.ts';
import { Scene } from './scene.ts';

const key = 'rights';

export class Rights {
  private constructor(private readonly scene: Scene) {}

  /** The rights of a request's principal, as divisions lie today. */
  static of(context: RequestContext): Rights {
    let rights = context.loaders.get(key) as Rights | undefined;
    if (!rights) {
      rights = new Rights(Scene.now(context));
      context.loaders.set(key, rights);
    }
    return rights;
  }

  /** Whether the right is there over what lies in the place. */
  has(right: Right, place: Place): boolean {
    return may(this.scene.context.principal, right, place, this.divisionOf);
  }

  /** Errors: `UNAUTHENTICATED` for the anonymous, `FORBIDDEN` without the right: the same whether the thing is there or not. */
  need(right: Right, place: Place): void {
    if (this.has(right, place)) return;
    if (this.scene.context.principal.kind === 'anonymous') {
      throw new CodedError('UNAUTHENTICATED', 'This is for known principals only.');
    }
    throw new CodedError('FORBIDDEN', 'Your roles do not cover this.');
  }

  /** Whether what belongs to a stream may be shown. Where it is not public, the look is noted: it is recorded before the answer
   *  goes out. */
  sees(stream: string): boolean {
    const right = rightToSee(stream);
    if (right === null) return true;
    const { context } = this.scene;
    context.reads.add(passing);
    const seen = this.has(right, placeOfStream(this.scene, stream));
    if (seen) context.disclosed.add(stream);
    return seen;
  }

  /** The division of a grant: the one that carried the code on the day of the grant, whatever it is called now. */
  private readonly divisionOf: DivisionOf = (code, on) =>
    this.scene.once('division of a grant', `${code} ${on}`, () => this.scene.on(on).placeByCode(code)?.id ?? null);
}
