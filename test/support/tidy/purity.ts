/** Rules on what code may reach for: clocks, randomness, the environment, and what a committed text may name. */
import ts from 'typescript';
import { finding, isProgram, type Module, nodesOf, type Rule } from './tree.ts';

const pureRooms = ['src/es/', 'src/domain/', 'src/roster/', 'src/facts/', 'src/simulation/', 'projections/'];

const impure = new Map(
  [
    ['a clock', 'Date.now Date performance.now process.hrtime process.hrtime.bigint Temporal.Now'],
    ['a timer', 'setTimeout setInterval setImmediate queueMicrotask'],
    ['randomness', 'Math.random crypto.randomUUID crypto.getRandomValues crypto.randomBytes crypto.randomInt'],
    ['randomness', 'randomUUID getRandomValues randomBytes randomInt'],
  ].flatMap(([what = '', names = '']) => names.split(' ').map((name) => [name, what] as const)),
);

/** Kernel, domain, what feeds them, and projections are functions of what they are given. */
export const purity: Rule = ({ modules }) =>
  modules
    .filter(({ path }) => pureRooms.some((room) => path.startsWith(room)))
    .flatMap((module) =>
      [...nodesOf(module.ast)].flatMap((node) => {
        const what = reachedFor(module, node);
        return what ? [finding(module, node, `reaches for ${what}: take it as an argument`)] : [];
      }),
    );

function reachedFor(module: Module, node: ts.Node): string | undefined {
  if (ts.isCallExpression(node)) return impure.get(node.expression.getText(module.ast).replace(/^globalThis\./, ''));
  const now = ts.isNewExpression(node) && node.expression.getText(module.ast) === 'Date' && !node.arguments?.length;
  return now ? 'a clock' : undefined;
}

/** The environment is read in one place. */
export const environment: Rule = ({ modules }) =>
  modules
    .filter((module) => isProgram(module) && module.path !== 'src/config.ts')
    .flatMap((module) =>
      [...nodesOf(module.ast)]
        .filter((node) => isEnvironment(node))
        .map((node) => finding(module, node, 'reads the environment: add it to src/config.ts and pass it in')),
    );

function isEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return /^(globalThis\.)?process\.env$/.test(node.getText());
  if (ts.isElementAccessExpression(node)) return /^process\[['"]env['"]\]$/.test(node.getText());
  return ts.isImportDeclaration(node) && /\benv\b.*['"](node:)?process['"]/.test(node.getText());
}

/** A failure goes on to somebody, or the code says why it need not. */
export const swallowedFailures: Rule = ({ modules }) =>
  modules
    .filter(isProgram)
    .flatMap((module) =>
      [...nodesOf(module.ast)]
        .filter((node) => swallows(node))
        .map((node) =>
          finding(module, node, 'drops a failure: pass it on, or say in the braces why it does not matter'),
        ),
    );

function swallows(node: ts.Node): boolean {
  if (ts.isCatchClause(node)) return isBare(node.block);
  if (!ts.isCallExpression(node) || !/\.catch$/.test(node.expression.getText())) return false;
  const handler = node.arguments[0];
  return handler !== undefined && ts.isArrowFunction(handler) && ts.isBlock(handler.body) && isBare(handler.body);
}

const isBare = (block: ts.Block): boolean => /^\{\s*\}$/.test(block.getText());

const machinePath = /(?<![\w.~*)}-])\/(work|root|home|Users)\/\w/;
const registry = /\bregistry\.(npmjs|yarnpkg|npmmirror|bower)\b|"resolved"\s*:/;

/** A text is true on every machine. */
export const machineTraces: Rule = ({ texts }) =>
  texts.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const at = `${path}:${index + 1}`;
      if (machinePath.test(line)) return [`${at} names a path of one machine: make it relative`];
      return registry.test(line) ? [`${at} names a package registry: leave it to npm's configuration`] : [];
    }),
  );
