/** Rules on sizes and names. */
import ts from 'typescript';
import { finding, isProgram, isTest, lineOf, type Module, nodesOf, type Rule } from './tree.ts';

const programFileLinesMax = 300;
const testFileLinesMax = 400;
const functionLinesMax = 70;
const folderDepthMax = 3;

/** A file is read in one sitting. */
export const fileLengths: Rule = ({ modules }) =>
  modules.flatMap((module) => {
    const max = isTest(module) ? testFileLinesMax : programFileLinesMax;
    const lines = module.text.trimEnd().split('\n').length;
    return lines > max ? [`${module.path}:${max + 1} has ${lines} lines, ${max} at most: divide it by subject`] : [];
  });

/** A function fits a screen. Chapters of tests are no functions. */
export const functionLengths: Rule = ({ modules }) =>
  modules.flatMap((module) =>
    [...nodesOf(module.ast)]
      .filter((node) => isFunction(node) && !isChapter(node) && linesOf(module, node) > functionLinesMax)
      .map((node) =>
        finding(
          module,
          node,
          `starts a function of ${linesOf(module, node)} lines, ${functionLinesMax} at most: name its steps`,
        ),
      ),
  );

const isFunction = (node: ts.Node): boolean =>
  (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) || ts.isClassStaticBlockDeclaration(node);

/** The callback of a `describe`, or a shared suite: a function of nothing but chapters. */
function isChapter(node: ts.Node): boolean {
  if (isDescribe(node.parent)) return true;
  const steps = (node as ts.FunctionDeclaration).body?.statements;
  if (!steps || steps.length === 0) return false;
  return steps.every((step) => ts.isExpressionStatement(step) && isDescribe(step.expression));
}

const isDescribe = (node: ts.Node): boolean =>
  ts.isCallExpression(node) && /^describe\b/.test(node.expression.getText());

const linesOf = ({ ast }: Module, node: ts.Node): number =>
  ast.getLineAndCharacterOfPosition(node.end).line + 2 - lineOf(ast, node);

/** Folders are at most three deep and say what is in them. */
export const folders: Rule = ({ texts }) =>
  texts.flatMap(({ path }) => {
    const names = path.split('/').slice(0, -1);
    const vague = [...names, path.replace(/^.*\/|\..*$/g, '')].find((name) =>
      /^(utils?|helpers?|common|misc|shared)$/.test(name),
    );
    if (vague) return [`${path}:1 stands under ${vague}, which says nothing: name it after its subject`];
    return names.length > folderDepthMax
      ? [`${path}:1 lies ${names.length} folders deep, ${folderDepthMax} at most`]
      : [];
  });

/** Files are kebab-case. */
export const fileNames: Rule = ({ modules }) =>
  modules
    .map(({ path }) => path)
    .filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|config))?\.ts$/.test(path.replace(/^.*\//, '')))
    .map((path) => `${path}:1 is not kebab-case: name it after its main export, as in \`append-queue.ts\``);

/** Identifiers are English; Chinese is data. */
export const identifiers: Rule = ({ modules }) =>
  modules.flatMap((module) =>
    [...nodesOf(module.ast)]
      .filter((node) => (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) && /\p{Script=Han}/u.test(node.text))
      // A key of an object literal is data.
      .filter((node) => !(ts.isPropertyAssignment(node.parent) && node.parent.name === node))
      .map((node) =>
        finding(module, node, `names something ${node.getText(module.ast)}: use the field's English term`),
      ),
  );

/** An exported function says what it takes, gives and throws. */
export const docComments: Rule = ({ modules }) =>
  modules
    .filter(isProgram)
    .flatMap((module) =>
      module.ast.statements
        .filter(
          (node) => ts.isFunctionDeclaration(node) && isExported(node) && ts.getJSDocCommentsAndTags(node).length === 0,
        )
        .map((node) => finding(module, node, 'exports a function without a doc comment: say shape, units and errors')),
    );

const isExported = (node: ts.FunctionDeclaration): boolean =>
  node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
