/** How many of something each client has open: of one principal, or of one address where none is known. */
import type { Principal } from '../../access/principal.ts';
import { CodedError } from '../../es/errors.ts';
import { clientKey } from '../../graphql/address-key.ts';

export class Places {
  private readonly taken = new Map<string, number>();
  private all = 0;

  constructor(
    private readonly max: number,
    private readonly what: 'sockets' | 'subscriptions',
  ) {}

  get total(): number {
    return this.all;
  }

  /** Takes a place and returns the way to give it back, once. Errors: `RATE_LIMITED`. */
  take(principal: Principal | undefined, address: string): () => void {
    const key = clientKey(principal, address);
    const count = this.taken.get(key) ?? 0;
    if (count >= this.max) {
      throw new CodedError('RATE_LIMITED', `This client has ${count} ${this.what} open; it may have ${this.max}.`);
    }
    this.taken.set(key, count + 1);
    this.all += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.all -= 1;
      const left = (this.taken.get(key) ?? 1) - 1;
      if (left > 0) this.taken.set(key, left);
      else this.taken.delete(key);
    };
  }
}
