#!/usr/bin/env node
/** The command line: which commands there are and what they take. Each one's work stands in `cli/`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { runDoctor } from './cli/doctor.ts';
import { endWithParent } from './cli/end-with-parent.ts';
import { type EventsOptions, runEvents } from './cli/events.ts';
import { type ExportOptions, runExport } from './cli/export.ts';
import { runImportFacts } from './cli/import-facts.ts';
import { runImportRoster } from './cli/import-roster.ts';
import { addKey } from './cli/key.ts';
import { printError } from './cli/output.ts';
import { runReplay } from './cli/replay.ts';
import { runSimulate, type SimulateOptions } from './cli/simulate.ts';
import { runStart } from './cli/start.ts';
import type { Terminal } from './cli/terminal.ts';
import { addToken } from './cli/token.ts';
import { runVaultRotate, runVaultStatus } from './cli/vault.ts';
import { runVerify } from './cli/verify.ts';
import { readConfigWith } from './config.ts';
import { type ExportTable, exportFormats, exportTables } from './graphql/exports/export-table.ts';
import { packageRoot } from './package-root.ts';
import { yearsMax } from './simulation/calendar.ts';
import { provinceVillages } from './simulation/simulate.ts';

const exitFailed = 1;
const exitCalledWrongly = 2;

const whole = (least: number) => (text: string) => {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < least) {
    throw new InvalidArgumentError(`It takes a whole number from ${least}.`);
  }
  return number;
};
const upTo = (most: number) => (text: string) => {
  const number = whole(1)(text);
  if (number > most) throw new InvalidArgumentError(`It takes a whole number up to ${most}.`);
  return number;
};
const day = (text: string) => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new InvalidArgumentError('It takes a day, YYYY-MM-DD.');
  return text;
};

function commandLine(): Command {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
  const program = new Command('xiangyue')
    .description('A ledger of village-level governance: every change a fact in a log, every moment answerable.')
    .version(version)
    .option('--json', 'results as JSON on stdout, errors as JSON on stderr')
    .option('--data-dir <folder>', 'the data folder, instead of DATA_DIR')
    .exitOverride()
    .showHelpAfterError();
  const terminal: Terminal = {
    console: () => ({ out: process.stdout, err: process.stderr, json: program.opts().json === true }),
    config: (given = {}) => readConfigWith({ ...givenOf(program), ...present(given) }),
    stop: stopSignal,
  };
  addStart(program, terminal);
  addImport(program, terminal);
  addEvents(program, terminal);
  addChecks(program, terminal);
  addVault(program, terminal);
  addToken(program, terminal);
  addKey(program, terminal);
  addExport(program, terminal);
  addSimulate(program, terminal);
  return program;
}

function givenOf(program: Command): Record<string, string> {
  const { dataDir } = program.opts<{ dataDir?: string }>();
  return dataDir ? { DATA_DIR: dataDir } : {};
}

const present = (given: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

function addStart(program: Command, { console, config, stop }: Terminal): void {
  program
    .command('start')
    .description('serve the API; an empty data folder gets the roster and the facts first')
    .option('--empty', 'serve an empty data folder without importing anything')
    .option('--tls-cert <file>', 'speak TLS with the certificate chain of this PEM file, instead of TLS_CERT_FILE')
    .option('--tls-key <file>', 'the certificate’s private key, instead of TLS_KEY_FILE')
    .action(({ empty, tlsCert, tlsKey }: { empty?: boolean; tlsCert?: string; tlsKey?: string }) =>
      runStart(console(), config({ TLS_CERT_FILE: tlsCert, TLS_KEY_FILE: tlsKey }), {
        isEmptyAllowed: empty === true,
        stop: stop(),
      }),
    );
}

function addImport(program: Command, { console, config }: Terminal): void {
  const importing = program.command('import').description('bring files into the log of a folder that no server holds');
  importing
    .command('roster')
    .description('editions of the roster (.csv or .csv.gz), in any order; a file that was imported appends nothing')
    .argument('<file...>')
    .addOption(
      new Option('--as-at <day>', 'day that the edition holds for, where the file is not a known one').argParser(day),
    )
    .addOption(new Option('--published <day>', 'day of its publication').argParser(day))
    .option('--source <title>', 'title under which it was published')
    .action((files: string[], { asAt, published, source }: Record<string, string | undefined>) => {
      const given = [asAt, published, source].filter((each) => each !== undefined).length;
      if (given !== 0 && given !== 3) importing.error('error: --as-at, --published and --source go together.');
      if (given === 3 && files.length > 1)
        importing.error('error: --as-at, --published and --source speak of one file.');
      endWithParent();
      const meta = asAt && published && source ? { editionOn: asAt, publishedOn: published, source } : undefined;
      return runImportRoster(console(), { dataDir: config().dataDir, files, meta });
    });
  importing
    .command('facts')
    .description('cited figures (data/facts/*.yaml); a file that was imported appends nothing')
    .argument('<file...>')
    .action((files: string[]) => {
      endWithParent();
      return runImportFacts(console(), { dataDir: config().dataDir, files });
    });
}

function addEvents(program: Command, { console, config, stop }: Terminal): void {
  program
    .command('events')
    .description('print the log, also beside a running server')
    .addOption(new Option('--after <position>', 'only what stands after it').argParser(whole(0)).default(0))
    .addOption(
      new Option('--limit <events>', 'events at most').argParser(whole(1)).default(Number.MAX_SAFE_INTEGER, 'all'),
    )
    .option('--type <types...>', 'only these types')
    .option('--village <id>', 'only events that name this village')
    .option('--follow', 'go on as the log grows, until interrupted')
    .action(
      ({
        after,
        limit,
        type,
        village,
        follow,
      }: Omit<EventsOptions, 'dataDir' | 'signal' | 'types'> & { type?: string[] }) =>
        runEvents(console(), {
          dataDir: config().dataDir,
          after,
          limit,
          types: type,
          village,
          follow: follow === true,
          signal: stop(),
        }),
    );
}

function addChecks(program: Command, { console, config }: Terminal): void {
  program
    .command('replay')
    .description('build the read model anew beside the live one and compare them row by row')
    .action(() => runReplay(console(), { dataDir: config().dataDir }));
  program
    .command('verify')
    .description('check the log: order, revisions, payloads, voids; and the read model against it')
    .action(() => runVerify(console(), { dataDir: config().dataDir }));
  program
    .command('doctor')
    .description('what is configured, what can be reached, what is wrong')
    .action(() => runDoctor(console(), config()));
}

function addVault(program: Command, { console, config }: Terminal): void {
  const vault = program.command('vault').description('the vault of personal data: what it holds, and its master key');
  vault
    .command('status')
    .description('how many persons it holds, how many were erased, under which master key')
    .action(() => runVaultStatus(console(), config()));
  vault
    .command('rotate')
    .description('close every person’s key with another master key, while no server runs')
    .option('--next-key-file <file>', 'file of the new key, where VAULT_KEY or VAULT_KEY_FILE is configured')
    .action((options: { nextKeyFile?: string }) => runVaultRotate(console(), { ...config(), ...options }));
}

function addExport(program: Command, { console, config }: Terminal): void {
  program
    .command('export')
    .description('write villages, divisions or events as they stood at any moment, also beside a running server')
    .addArgument(program.createArgument('<what>', 'what to write').choices(exportTables))
    .addOption(new Option('--format <format>', 'of the file').choices(exportFormats).default('csv'))
    .option('--out <file>', 'file to write; stdout where left out')
    .addOption(new Option('--effective-on <day>', 'as it held on this day').argParser(day))
    .option('--known-at <time>', 'as it was known at this time, RFC 3339')
    .option('--within <code>', 'only below this division')
    .action((what: ExportTable, options: Omit<ExportOptions, 'what' | 'dataDir'>) =>
      runExport(console(), { ...options, what, dataDir: config().dataDir }),
    );
}

function addSimulate(program: Command, { console }: Terminal): void {
  program
    .command('simulate')
    .description('write an illustrative log, marked simulated for ever, into a folder of its own')
    .requiredOption('--out <folder>', 'an empty folder, or that of a simulation that was stopped: it goes on')
    .addOption(new Option('--years <count>', 'years from 2020 on, up to 6').argParser(upTo(yearsMax)).default(yearsMax))
    .addOption(new Option('--villages <count>', 'villages').argParser(whole(1)).default(provinceVillages))
    .addOption(new Option('--seed <number>', 'the same seed gives the same log').argParser(whole(0)).default(1))
    .action((options: SimulateOptions) => runSimulate(console(), options));
}

/** Runs one command line; returns the exit code: 0, 1 failed, 2 called wrongly. */
async function run(argv: readonly string[]): Promise<number> {
  const program = commandLine();
  try {
    await program.parseAsync(argv, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCalledWrongly;
    printError({ out: process.stdout, err: process.stderr, json: argv.includes('--json') }, error);
    return error instanceof Error && error.name === 'ConfigError' ? exitCalledWrongly : exitFailed;
  }
}

/** The first SIGINT or SIGTERM asks to stop, the second does not wait for anything. Only commands that ask for it are asked:
 *  any other ends at once, as an import may. */
function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  const onSignal = () => {
    if (stopping.signal.aborted) process.exit(exitFailed);
    stopping.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return stopping.signal;
}

process.exitCode = await run(process.argv.slice(2));
