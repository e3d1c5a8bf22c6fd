/** `xiangyue simulate`: an illustrative log in a folder of its own. */
import { simulate } from '../simulation/simulate.ts';
import { today } from './clock.ts';
import { openForWriting } from './data-folder.ts';
import { type Console, print, progressOn } from './output.ts';

export interface SimulateOptions {
  readonly out: string;
  readonly villages: number;
  readonly years: number;
  readonly seed: number;
}

/** Nobody else is served meanwhile: the event loop may be kept for long. */
const groupEventsMax = 5_000;

/** Writes the log, or what is missing of it where an earlier run was stopped. Errors: `E_LOG_KIND` where the folder holds another log. */
export async function runSimulate(console: Console, { out, villages, years, seed }: SimulateOptions): Promise<void> {
  const store = openForWriting(out, 'simulated', { groupEventsMax });
  const progress = progressOn(console);
  try {
    const onProgress = (done: number, total: number) => progress.update('simulating', done, total);
    const report = await simulate({ store, villages, years, seed, today, onProgress });
    progress.stop();
    const refused = Object.values(report.refused).reduce((sum, count) => sum + count, 0);
    print(console, { ...report, years, seed, folder: out, simulated: true }, [
      `${report.events} illustrative events of ${villages} invented villages in ${years} years in ${out}, marked simulated for ever.`,
      ...(report.resumedAt > 0 ? [`${report.resumedAt} of them were there before.`] : []),
      `${refused} of ${report.commands} commands were refused by the rules, as a clerk's would be.`,
    ]);
  } finally {
    progress.stop();
    await store.close();
  }
}
