/** The numbers of webhooks. */

export interface WebhookSettings {
  readonly targetsMax: number;
  /** Tries of one event before its target is parked. */
  readonly triesMax: number;
  /** The first wait; each later one is four times the last, up to the longest. */
  readonly retryDelayMs: number;
  readonly retryDelayMsMax: number;
  /** How long a try may take, and how long of that the connection. */
  readonly tryMsMax: number;
  readonly connectMsMax: number;
  /** Bytes of an answer that are taken before its connection is closed. */
  readonly answerBytesMax: number;
  /** Deliveries at the same time to targets that answer quickly, and as many to those that are slow or fail. */
  readonly runningMax: number;
  /** An answer that takes longer is a slow one. */
  readonly slowMs: number;
  /** Events of one read, and how long they are sent before rights are looked at anew. */
  readonly batchEventsMax: number;
  readonly batchMsMax: number;
  /** How long a replaced secret signs along. */
  readonly oldSecretMs: number;
  /** How long a delivery that is under way may go on when the server stops. */
  readonly stopMsMax: number;
}

export const webhookSettings: WebhookSettings = Object.freeze({
  targetsMax: 100,
  triesMax: 10,
  retryDelayMs: 5_000,
  retryDelayMsMax: 3_600_000,
  tryMsMax: 10_000,
  connectMsMax: 5_000,
  answerBytesMax: 16_384,
  runningMax: 8,
  slowMs: 1_000,
  batchEventsMax: 20,
  batchMsMax: 30_000,
  oldSecretMs: 86_400_000,
  stopMsMax: 3_000,
});
