import type { Config } from '../config.ts';
import type { Console } from './output.ts';

/** What commands are given of the process. */
export interface Terminal {
  readonly console: () => Console;
  /** `given`: variables that options of the command stand for; undefined for those that were not given. */
  readonly config: (given?: Readonly<Record<string, string | undefined>>) => Config;
  /** A signal that is aborted when the process is asked to stop. */
  readonly stop: () => AbortSignal;
}
