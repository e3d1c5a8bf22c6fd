import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import { describe, expect, it } from 'vitest';
import { errorsPage } from '../docs/errors-page.ts';
import { errorCatalogue } from '../src/es/errors.ts';
import { packageRoot } from '../src/package-root.ts';

const page = readFileSync(join(packageRoot, 'docs/errors.md'), 'utf8');
const codes = Object.keys(errorCatalogue);
const documented = [...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1] as string);

describe('the error catalogue', () => {
  it('documents every code', () => {
    expect(codes.filter((code) => !documented.includes(code))).toEqual([]);
  });

  it('documents no code that does not exist', () => {
    expect(documented.filter((code) => !codes.includes(code))).toEqual([]);
  });

  it('says the same in docs/errors.md as in the code', () => {
    expect(page, 'run `npm run docs`').toBe(errorsPage());
  });

  it('holds no code that nothing raises', () => {
    const program = sources('src').concat(sources('projections'));
    const raised = (code: string) =>
      code in ApolloServerErrorCode || program.some((text) => text.includes(`'${code}'`));
    expect(codes.filter((code) => !raised(code))).toEqual([]);
  });

  it('speaks in sentences', () => {
    const texts = Object.values(errorCatalogue).flatMap(({ means, remedy }) => [means, remedy]);
    expect(texts.filter((text) => !/^\S.*\.$/.test(text))).toEqual([]);
  });
});

function sources(folder: string): string[] {
  return readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && path !== join('es', 'errors.ts'))
    .map((path) => readFileSync(join(packageRoot, folder, path), 'utf8'));
}
