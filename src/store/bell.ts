/** A wake-up bell: it carries nothing, so a listener that was asleep misses nothing but the hint. */
export class Bell {
  readonly #listeners = new Set<{ readonly ring: () => void }>();

  /** Calls `ring` at each ringing until the returned function is called. */
  listen(ring: () => void): () => void {
    // Wrapped, so that one function may listen twice and stop once.
    const listener = { ring };
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  ring(): void {
    for (const { ring } of this.#listeners) ring();
  }
}
