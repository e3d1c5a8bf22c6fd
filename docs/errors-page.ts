/** docs/errors.md as the catalogue has it. */
import { errorCatalogue } from '../src/es/errors.ts';

const head = `# Errors

Every error carries \`extensions.code\` and \`extensions.retryable\`; many carry more, such as \`actualRevision\`.
A retryable one may succeed later without a change to the request. Written by \`npm run docs\` from \`src/es/errors.ts\`.

| code | meaning | what to do | retryable |
| --- | --- | --- | --- |
`;

/** The page's Markdown: one row a code, in the catalogue's order. */
export function errorsPage(): string {
  const rows = Object.entries(errorCatalogue).map(
    ([code, { means, remedy, retryable }]) =>
      `| \`${code}\` | ${cell(means)} | ${cell(remedy)} | ${retryable ? 'yes' : 'no'} |\n`,
  );
  return head + rows.join('');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
