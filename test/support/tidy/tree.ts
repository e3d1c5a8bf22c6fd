/** The repository as the house rules see it: texts, and TypeScript modules with their imports. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import ts from 'typescript';

export interface TextFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  /** Path of the module for our own files, else the package or builtin as written. */
  readonly to: string;
  readonly ours: boolean;
  /** Names taken, or `*` where the whole module is. */
  readonly names: readonly string[] | '*';
  readonly line: number;
}

export interface Module extends TextFile {
  readonly ast: ts.SourceFile;
  readonly imports: readonly Import[];
}

export interface Tree {
  readonly texts: readonly TextFile[];
  readonly modules: readonly Module[];
}

/** A house rule: findings as `file:line what to do`, none where all is well. */
export type Rule = (tree: Tree) => readonly string[];

const binary = /\.(gz|png|jpg|ico|woff2|db|sqlite)$/;

/** The tree of a folder on disk, without what .gitignore leaves out. */
export function readTree(root: string): Tree {
  const ignored = readFileSync(join(root, '.gitignore'), 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('/'))
    .map((line) => line.slice(0, -1));
  const paths: string[] = [];
  const walk = (folder: string) => {
    for (const found of readdirSync(folder, { withFileTypes: true })) {
      const path = relative(root, join(folder, found.name)).split(sep).join('/');
      if (found.name === '.git' || ignored.includes(found.name) || ignored.includes(path)) continue;
      if (found.isDirectory()) walk(join(folder, found.name));
      else if (found.isFile() && !binary.test(path)) paths.push(path);
    }
  };
  walk(root);
  return treeOf(paths.sort().map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })));
}

/** The tree of given files. */
export function treeOf(texts: readonly TextFile[]): Tree {
  const modules = texts.filter(({ path }) => path.endsWith('.ts')).map(parse);
  return { texts, modules };
}

function parse(file: TextFile): Module {
  const ast = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true);
  const imports: Import[] = [];
  const add = (specifier: ts.Expression, names: Import['names']) => {
    if (!ts.isStringLiteralLike(specifier)) return;
    const ours = specifier.text.startsWith('.');
    const to = ours ? posix.join(dirname(file.path), specifier.text) : specifier.text;
    imports.push({ to, ours, names, line: lineOf(ast, specifier) });
  };
  for (const node of nodesOf(ast)) {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, importedNames(node.importClause));
    if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node.moduleSpecifier, exportedNames(node));
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0]) {
      add(node.arguments[0], '*');
    }
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal as never, '*');
  }
  return { ...file, ast, imports };
}

function importedNames(clause: ts.ImportClause | undefined): Import['names'] {
  const bindings = clause?.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) return '*';
  const named = bindings ? bindings.elements.map((element) => (element.propertyName ?? element.name).text) : [];
  return clause?.name ? ['default', ...named] : named;
}

function exportedNames(node: ts.ExportDeclaration): Import['names'] {
  if (!node.exportClause || ts.isNamespaceExport(node.exportClause)) return '*';
  return node.exportClause.elements.map((element) => (element.propertyName ?? element.name).text);
}

/** Every node below `node`, depth first. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  for (const child of children) {
    yield child;
    yield* nodesOf(child);
  }
}

/** Line of a node, from 1. */
export function lineOf(ast: ts.SourceFile, node: ts.Node): number {
  return ast.getLineAndCharacterOfPosition(node.getStart(ast)).line + 1;
}

/** `file:line what to do`. */
export const finding = (module: Module, node: ts.Node, advice: string): string =>
  `${module.path}:${lineOf(module.ast, node)} ${advice}`;

/** True for the program itself, as against its tests and tools. */
export const isProgram = ({ path }: TextFile): boolean => path.startsWith('src/') || path.startsWith('projections/');

export const isTest = ({ path }: TextFile): boolean => path.startsWith('test/');
