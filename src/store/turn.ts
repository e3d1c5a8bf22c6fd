/** Lets what else waits on the event loop run: between the slices of a long read. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
