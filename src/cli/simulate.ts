/** `xiangyue simulate`: an illustrative log in a folder of its own. */
import { simulate } from '../simulation/simulate.ts';
import { today } from './clock.ts';
import { openForWriting } from './data-folder.ts';
import { type Console, print, progressOn } from './output.ts';

export interface SimulateOptions {
  readonly out: string;
  readonly events: number;
  readonly seed: number;
}

/** Writes the log. Errors: `E_LOG_KIND` where the folder holds a log already. */
export async function runSimulate(console: Console, { out, events, seed }: SimulateOptions): Promise<void> {
  const store = openForWriting(out, 'simulated');
  const progress = progressOn(console);
  try {
    const onProgress = (done: number, total: number) => progress.update('simulating', done, total);
    const report = await simulate({ store, events, seed, today, onProgress });
    progress.stop();
    print(console, { ...report, seed, folder: out, simulated: true }, [
      `${report.events} illustrative events of ${report.villages} invented villages in ${out}, marked simulated for ever.`,
      `${report.refused} commands were refused by the rules, as a clerk's would be.`,
    ]);
  } finally {
    progress.stop();
    await store.close();
  }
}
