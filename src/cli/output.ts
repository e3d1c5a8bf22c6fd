/** How commands speak: results on stdout, as text or as JSON; progress and errors on stderr. */
import { SingleBar } from 'cli-progress';
import { CodedError, errorCatalogue } from '../es/errors.ts';

/** What a command needs of the process: passed in, so that tests can listen. */
export interface Console {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly json: boolean;
}

/** One result: an object for machines, lines for people. */
export function print(console: Console, result: object, lines: readonly string[]): void {
  console.out.write(console.json ? `${JSON.stringify(result)}\n` : `${lines.join('\n')}\n`);
}

/** What went wrong and what to do, for people or machines. */
export function printError(console: Console, error: unknown): void {
  const coded = error instanceof CodedError ? error : undefined;
  const message = error instanceof Error ? error.message : String(error);
  if (console.json) {
    console.err.write(
      `${JSON.stringify({ error: { code: coded?.code ?? 'E_INTERNAL', message, ...coded?.details } })}\n`,
    );
    return;
  }
  console.err.write(`${coded ? `${coded.code}: ` : 'error: '}${message}\n`);
  if (coded) console.err.write(`  ${errorCatalogue[coded.code].remedy}\n`);
}

export interface Progress {
  readonly update: (label: string, done: number, total: number) => void;
  readonly stop: () => void;
}

/** A bar where stderr is a terminal, nothing elsewhere. */
export function progressOn(console: Console): Progress {
  if (!console.err.isTTY || console.json) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: '{label} {bar} {percentage}% {value}/{total}',
    stream: console.err,
    hideCursor: true,
    clearOnComplete: false,
    barCompleteChar: '█',
    barIncompleteChar: '░',
  });
  let label = '';
  return {
    update: (next, done, total) => {
      if (next !== label) {
        if (label) bar.stop();
        bar.start(total, done, { label: next });
        label = next;
        return;
      }
      bar.setTotal(total);
      bar.update(done);
    },
    stop: () => label && bar.stop(),
  };
}
