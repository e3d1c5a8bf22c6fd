/** What GraphiQL's page is made of, and where the packages have it. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface GraphiQLAsset {
  /** Name under `/graphiql/`, and in the build's folder. */
  readonly name: string;
  readonly type: string;
  /** Path of the file in its package. Throws where the package is not installed. */
  readonly source: () => string;
}

const { resolve } = createRequire(import.meta.url);
const within = (packageName: string, path: string) => () => join(dirname(resolve(`${packageName}/package.json`)), path);
const script = 'text/javascript; charset=utf-8';

export const graphiqlAssets: readonly GraphiQLAsset[] = [
  { name: 'react.js', type: script, source: within('react', 'umd/react.production.min.js') },
  { name: 'react-dom.js', type: script, source: within('react-dom', 'umd/react-dom.production.min.js') },
  { name: 'graphiql.js', type: script, source: within('graphiql', 'graphiql.min.js') },
  { name: 'graphiql.css', type: 'text/css; charset=utf-8', source: within('graphiql', 'graphiql.min.css') },
];
