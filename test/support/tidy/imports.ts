/** Rules on what the import graph looks like: no cycle, nothing dead, no barrel. */
import ts from 'typescript';
import { finding, isProgram, isTest, type Module, type Rule, type Tree } from './tree.ts';

/** Where programs and threads begin. */
const entryPoints = [
  'src/cli.ts',
  'src/main.ts',
  'src/readmodel/worker.ts',
  'src/graphql/emit-schema.ts',
  'src/graphql/copy-graphiql.ts',
  // What other programs import: the package's exports.
  'src/client/watch-events.ts',
  'src/client/messages.ts',
  'src/client/file-checkpoint.ts',
];

/** Files of the program that only tests reach, and why they stay. */
const reachedByTestsAlone: Readonly<Record<string, string>> = {
  'src/store/memory.ts': 'the plainest store, which the contract suite is read against',
};

/** Exports that no file imports, and why they stay. */
const unimportedExports: Readonly<Record<string, string>> = {
  'src/cli/log-source.ts#openSource': 'called in a rebuild’s worker thread, which loads the module by its URL',
};

/** No file imports itself by a detour. */
export const importCycles: Rule = ({ modules }) => {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (module: Module, trail: readonly string[]) => {
    const start = trail.indexOf(module.path);
    if (start >= 0) cycles.push(`${module.path}:1 imports itself: ${[...trail.slice(start), module.path].join(' > ')}`);
    if (start >= 0 || done.has(module.path)) return;
    for (const target of ownTargets(module, byPath)) visit(target, [...trail, module.path]);
    done.add(module.path);
  };
  for (const module of modules) visit(module, []);
  return cycles;
};

/** Every file is reached: the program's from an entry point, a test's support from a test. */
export const deadFiles: Rule = (tree) => {
  const program = reached(tree, ({ path }) => entryPoints.includes(path) || path in reachedByTestsAlone);
  const tests = reached(tree, ({ path }) => path.endsWith('.test.ts'));
  return tree.modules
    .filter((module) => (isProgram(module) && !program.has(module.path)) || (isTest(module) && !tests.has(module.path)))
    .map(({ path }) => `${path}:1 is reached from no entry point: import it, delete it, or list it in tidy/imports.ts`);
};

function reached({ modules }: Tree, isStart: (module: Module) => boolean): ReadonlySet<string> {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const seen = new Set<string>();
  const visit = (module: Module) => {
    if (seen.has(module.path)) return;
    seen.add(module.path);
    for (const target of ownTargets(module, byPath)) visit(target);
  };
  for (const module of modules) if (isStart(module)) visit(module);
  return seen;
}

function ownTargets(module: Module, byPath: ReadonlyMap<string, Module>): Module[] {
  return module.imports.flatMap(({ ours, to }) => (ours ? (byPath.get(to) ?? []) : []));
}

/** What is exported is imported somewhere. Types are exempt: a signature names them. */
export const deadExports: Rule = ({ modules }) => {
  const used = new Set<string>();
  for (const { imports } of modules) {
    for (const { ours, to, names } of imports) {
      if (ours) for (const name of names === '*' ? ['*'] : names) used.add(`${to}#${name}`);
    }
  }
  return modules
    .filter((module) => isProgram(module) && !entryPoints.includes(module.path) && !used.has(`${module.path}#*`))
    .flatMap((module) =>
      exportedValues(module)
        .filter(({ name }) => !used.has(`${module.path}#${name}`) && !(`${module.path}#${name}` in unimportedExports))
        .map(({ name, node }) => finding(module, node, `exports ${name}, which nobody imports: drop the export`)),
    );
};

function exportedValues(module: Module): { name: string; node: ts.Node }[] {
  return module.ast.statements.flatMap((statement): { name: string; node: ts.Node }[] => {
    if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
      return statement.exportClause.elements.map((node) => ({ name: node.name.text, node }));
    }
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
    if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.map((node) => ({ name: node.name.getText(module.ast), node }));
    }
    const named = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
    return named && statement.name ? [{ name: statement.name.text, node: statement }] : [];
  });
}

/** A name is imported from where it is made. */
export const barrels: Rule = ({ modules }) =>
  modules
    .filter(
      ({ ast }) =>
        ast.statements.length > 0 && ast.statements.every(isPassage) && ast.statements.some(ts.isExportDeclaration),
    )
    .map(({ path }) => `${path}:1 only hands on what others export: import from them and delete it`);

const isPassage = (node: ts.Statement): boolean => ts.isExportDeclaration(node) || ts.isImportDeclaration(node);
