/** `xiangyue doctor`: what is configured, what can be reached, what is wrong. */
import { access, constants, statfs } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { CodedError } from '../es/errors.ts';
import type { Check } from './check.ts';
import { checkAccess } from './check-access.ts';
import { openForReading } from './data-folder.ts';
import { type Console, print } from './output.ts';

const freeBytesMin = 200 * 1024 * 1024;

/** Looks and changes nothing. Sets exit code 1 where something is wrong. */
export async function runDoctor(console: Console, config: Config): Promise<void> {
  const checks = [
    nodeVersion(),
    await folder(config.dataDir),
    await space(config.dataDir),
    await log(config.dataDir),
    ...(await checkAccess(config)),
    await server(config),
  ];
  print(console, { config, checks }, [
    ...checks.map(({ check, isSound, found }) => `${isSound ? 'ok   ' : 'WRONG'} ${check}: ${found}`),
    `listens on ${config.host}:${config.port}, data in ${config.dataDir}, log level ${config.logLevel}`,
  ]);
  if (checks.some(({ isSound }) => !isSound)) process.exitCode = 1;
}

function nodeVersion(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return {
    check: 'Node',
    isSound: major > 20 || (major === 20 && minor >= 19),
    found: `${process.versions.node}, needs 20.19 or later`,
  };
}

async function folder(dataDir: string): Promise<Check> {
  const check = 'data folder';
  try {
    await access(dataDir, constants.R_OK | constants.W_OK);
    return { check, isSound: true, found: 'can be read and written' };
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return {
      check,
      isSound: isMissing,
      found: isMissing ? 'not there yet: start makes it' : 'cannot be read or written',
    };
  }
}

async function space(dataDir: string): Promise<Check> {
  const check = 'free space';
  try {
    const { bavail, bsize } = await statfs(dataDir);
    const free = bavail * bsize;
    return { check, isSound: free >= freeBytesMin, found: `${Math.floor(free / 1024 / 1024)} MiB` };
  } catch {
    // Said by the check of the folder already.
    return { check, isSound: true, found: 'not known without a folder' };
  }
}

async function log(dataDir: string): Promise<Check> {
  const check = 'log';
  try {
    const store = openForReading(dataDir);
    try {
      const [{ kind }, { position }] = [await store.identity(), await store.head()];
      return { check, isSound: true, found: `${kind}, up to position ${position}` };
    } finally {
      await store.close();
    }
  } catch (error) {
    const isMissing = error instanceof CodedError && error.code === 'E_NOT_FOUND';
    const found = error instanceof CodedError ? `${error.code}: ${error.message}` : String(error);
    return { check, isSound: isMissing, found: isMissing ? 'none yet: start imports the roster' : found };
  }
}

async function server({ host, port }: Config): Promise<Check> {
  const check = 'server';
  try {
    const response = await fetch(`http://${host.includes(':') ? `[${host}]` : host}:${port}/readyz`, {
      signal: AbortSignal.timeout(2_000),
    });
    return {
      check,
      isSound: response.ok,
      found: response.ok ? 'answers and is ready' : `answers, not ready: ${await response.text()}`,
    };
  } catch {
    return { check, isSound: true, found: 'not running at this address' };
  }
}
