const exitFailed = 1;

/** Ends this process where the one that started it over a channel ends, however it ended: an import that outlives a killed
 *  `start` would hold the data folder against the next one. Without a channel nothing is changed. */
export function endWithParent(): void {
  if (!process.channel) return;
  process.once('disconnect', () => process.exit(exitFailed));
  // To listen alone must not keep a finished import alive.
  process.channel.unref();
}
