/** Rules on tests: each can fail, none is left out, none depends on how fast a machine is. */
import ts from 'typescript';
import { finding, isTest, type Module, nodesOf, type Rule, type Tree } from './tree.ts';

const timeoutMsMin = 10_000;

/** Every test asserts something, itself or through a function named `expect…`, `holds…` or `assert…`. */
export const assertions: Rule = (tree) =>
  tree.modules.filter(isTest).flatMap((module) => {
    const cases = [...nodesOf(module.ast)].filter(isCase);
    if (module.path.endsWith('.test.ts') && cases.length === 0 && !sharesCases(tree, module)) {
      return [`${module.path}:1 holds no test: add one or delete it`];
    }
    return cases
      .filter((node) => !node.arguments.some((argument) => asserts(tree, module, argument, new Set())))
      .map((node) => finding(module, node, 'is a test that cannot fail: expect something'));
  });

/** `it('…', …)`, `test.each(…)('…', …)`, `it.prop(…)('…', …)`, by their title. */
function isCase(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || node.arguments.length < 2) return false;
  if (!/^(it|test)$/.test(rootOf(node.expression))) return false;
  return (
    !ts.isPropertyAccessExpression(node.expression) || !/^(each|for|prop|skipIf|runIf)$/.test(node.expression.name.text)
  );
}

/** A test file may be one call of a suite that is shared with others. */
const sharesCases = ({ modules }: Tree, module: Module): boolean =>
  modules.some((other) => module.imports.some(({ to }) => to === other.path) && [...nodesOf(other.ast)].some(isCase));

function asserts(tree: Tree, module: Module, root: ts.Node, seen: Set<ts.Node>): boolean {
  if (seen.has(root)) return false;
  seen.add(root);
  return [root, ...nodesOf(root)].some((node) => {
    if (ts.isIdentifier(root) && node === root) return follow(tree, module, root.text, seen);
    if (!ts.isCallExpression(node)) return false;
    const called = node.expression.getText(module.ast);
    if (/^(expect|assert|expectTypeOf)(\.|\(|$)/.test(called) || called === 'fc.assert') return true;
    return (
      ts.isIdentifier(node.expression) && /^(expect|holds|assert)/.test(called) && follow(tree, module, called, seen)
    );
  });
}

/** Looks into the function of that name: here, or in the module that it is imported from. */
function follow(tree: Tree, module: Module, name: string, seen: Set<ts.Node>): boolean {
  const home = declares(module, name)
    ? module
    : tree.modules.find(({ path }) => module.imports.some(({ to, names }) => to === path && names.includes(name)));
  const body = home && declares(home, name);
  return home !== undefined && body !== undefined && asserts(tree, home, body, seen);
}

function declares(module: Module, name: string): ts.Node | undefined {
  for (const node of nodesOf(module.ast)) {
    if (ts.isFunctionDeclaration(node) && node.name?.text === name) return node.body;
    if (ts.isVariableDeclaration(node) && node.name.getText(module.ast) === name) return node.initializer;
  }
  return undefined;
}

/** No test is left out, and none alone is run. */
export const leftOut: Rule = ({ modules }) =>
  modules.filter(isTest).flatMap((module) =>
    [...nodesOf(module.ast)]
      .filter((node) => {
        if (ts.isCallExpression(node))
          return /^(xit|xdescribe|fit|fdescribe)$/.test(node.expression.getText(module.ast));
        if (!ts.isPropertyAccessExpression(node) || !/^(skip|only|todo)$/.test(node.name.text)) return false;
        return /^(it|test|describe|suite|context|ctx)$/.test(rootOf(node.expression));
      })
      .map((node) => finding(module, node, 'leaves tests out: mend or delete them')),
  );

/** No test measures time or gives up before a loaded machine would be done. */
export const wallClocks: Rule = ({ modules }) =>
  modules.filter(isTest).flatMap((module) =>
    [...nodesOf(module.ast)].flatMap((node) => {
      const advice = measures(module, node) ?? hurries(module, node);
      return advice ? [finding(module, node, advice)] : [];
    }),
  );

function measures(module: Module, node: ts.Node): string | null {
  const advice = 'measures time: tests hold on any machine, figures belong to bench/';
  const text = ts.isCallExpression(node) || ts.isNewExpression(node) ? node.getText(module.ast) : '';
  if (/^(performance\.now|process\.hrtime(\.bigint)?)\(/.test(text)) return advice;
  if (!/^(Date\.now\(\)|new Date\(\))$/.test(text) || !node.parent) return null;
  const binary =
    ts.isBinaryExpression(node.parent) && /^(-|<|>|<=|>=)$/.test(node.parent.operatorToken.getText(module.ast));
  return binary ? advice : null;
}

function hurries(module: Module, node: ts.Node): string | null {
  if (!ts.isCallExpression(node)) return null;
  const called = node.expression.getText(module.ast);
  const limits = node.arguments.flatMap((argument) => limitMs(argument));
  if (/^(vi\.waitFor|vi\.waitUntil|expect\.poll)$/.test(called) && limits.length === 0) {
    return `waits one second by default: give it a timeout of ${timeoutMsMin} ms or more`;
  }
  const limited = isCase(node) || /^(vi\.wait(For|Until)|expect\.poll|AbortSignal\.timeout)$/.test(called);
  return limited && limits.some((limit) => limit < timeoutMsMin)
    ? `gives up early: a timeout is ${timeoutMsMin} ms or more, or the default`
    : null;
}

/** The limit that an argument sets: a number, or the `timeout` of its options. */
function limitMs(argument: ts.Expression): number[] {
  if (ts.isNumericLiteral(argument)) return [Number(argument.text)];
  if (!ts.isObjectLiteralExpression(argument)) return [];
  return argument.properties.flatMap((property) =>
    ts.isPropertyAssignment(property) && property.name.getText() === 'timeout' ? limitMs(property.initializer) : [],
  );
}

/** The name that a chain of calls and members starts with. */
function rootOf(node: ts.Expression): string {
  if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)) return rootOf(node.expression);
  return ts.isIdentifier(node) ? node.text : '';
}
