/** The gate of the data layer: what the one who asks may see and do. Every transport's resolvers, exports and cursors ask here,
 *  and what lies outside one's rights is answered as if it were not there. */
import { type DivisionOf, may, type Place, type Right, rightsOf } from '../access/may.ts';
import { rightToSee } from '../access/restricted.ts';
import { CodedError } from '../es/errors.ts';
import { aggregateOf } from '../es/event.ts';
import { passing, type RequestContext } from './context.ts';
import { placesOfStream } from './places.ts';
import { Scene } from './scene.ts';

const key = 'rights';

export class Rights {
  /** Streams whose showing the log knows of already. */
  private readonly recorded = new Set<string>();

  private constructor(private readonly context: RequestContext) {}

  /** The rights of a request's principal, as divisions lie today by all that is known. */
  static of(context: RequestContext): Rights {
    let rights = context.loaders.get(key) as Rights | undefined;
    if (!rights) {
      rights = new Rights(context);
      context.loaders.set(key, rights);
    }
    return rights;
  }

  /** The picture that rights are decided in: today, and the newest position, also where the request has an older one. */
  get scene(): Scene {
    const { basis, services } = this.context;
    const position = Math.max(basis.position, services.readModel.position);
    return Scene.at(this.context, { effectiveOn: basis.effectiveOn, position });
  }

  /** Whether the right is there over what lies in the place. */
  has(right: Right, place: Place): boolean {
    return may(this.context.principal, right, place, this.divisionOf);
  }

  /** Whether the right is there over all of the places. */
  hasAll(right: Right, places: readonly Place[]): boolean {
    return places.every((place) => this.has(right, place));
  }

  /** Whether any grant has the right, wherever. As long as the grants are the same, so is the answer. */
  hasAnywhere(right: Right): boolean {
    return this.context.principal.grants.some(({ role }) => rightsOf[role].includes(right));
  }

  /** Errors: `UNAUTHENTICATED` for the anonymous, `FORBIDDEN` without the right: the same whether the thing is there or not. */
  need(right: Right, place: Place): void {
    this.needAll(right, [place]);
  }

  /** The right over all of the places. Errors: as `need`. */
  needAll(right: Right, places: readonly Place[]): void {
    if (this.hasAll(right, places)) return;
    if (this.context.principal.kind === 'anonymous') {
      throw new CodedError('UNAUTHENTICATED', 'This is for known principals only.');
    }
    throw new CodedError('FORBIDDEN', 'Your roles do not cover this.');
  }

  /** Whether what belongs to a stream may be shown. Where it is not public, the look is noted: it is recorded before the answer
   *  goes out. */
  sees(stream: string): boolean {
    const seen = this.covers(stream);
    if (seen && rightToSee(stream) !== null && !this.recorded.has(stream)) this.context.disclosed.add(stream);
    return seen;
  }

  /** Whether what belongs to a stream may be shown, without showing it: for counts. */
  covers(stream: string): boolean {
    const right = rightToSee(stream);
    if (right === null) return true;
    // An answer that leaves out what these grants never show is as lasting as any.
    if (!this.hasAnywhere(right)) return false;
    this.context.reads.add(passing);
    // Who looked at what is told by accessLog() alone: a list that shows looks would make new ones as it is read.
    if (aggregateOf(stream) === 'access') return false;
    const { scene } = this;
    return scene.once('covered', stream, () => this.hasAll(right, placesOfStream(scene, stream)));
  }

  /** The same for all who see the same of the log for as long as they have these grants; null where what is seen moves with
   *  villages and divisions. */
  get lasting(): string | null {
    const { principal } = this.context;
    const seeing = principal.grants.filter(({ role }) => rightsOf[role].includes('seeRestricted'));
    if (seeing.length === 0) return 'public';
    return seeing.some(({ within }) => within === null) ? 'all' : null;
  }

  /** That the log knows of this showing: a reading of personal data is recorded as such. */
  isRecorded(stream: string): void {
    this.recorded.add(stream);
    this.context.disclosed.delete(stream);
  }

  /** The division of a grant: the one that carried the code on the day of the grant, whatever it is called now. */
  private readonly divisionOf: DivisionOf = (code, on) => {
    const { scene } = this;
    return scene.once('division of a grant', `${code} ${on}`, () => scene.on(on).placeByCode(code)?.id ?? null);
  };
}
