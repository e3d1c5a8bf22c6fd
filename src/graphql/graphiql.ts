/** GraphiQL for a browser, served from this process: no page of ours loads anything from elsewhere. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { graphiqlAssets } from './graphiql-assets.ts';

export interface GraphiQLOptions {
  /** Example operations, one a tab. */
  readonly examples: readonly string[];
  /** Where the build put the assets; where it did not, they are taken from the installed packages. */
  readonly folder: string;
}

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Xiangyue GraphiQL</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/graphiql/graphiql.css">
<style>body{margin:0;height:100vh}#graphiql{height:100vh}</style>
</head>
<body>
<div id="graphiql"><noscript>GraphiQL needs JavaScript. The schema is at <a href="/schema.graphql">/schema.graphql</a>.</noscript></div>
<script src="/graphiql/react.js"></script>
<script src="/graphiql/react-dom.js"></script>
<script src="/graphiql/graphiql.js"></script>
<script src="/graphiql/start.js"></script>
</body>
</html>
`;

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-cache',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
};

/** True for a browser that opens the address, false for a program that asks it something. */
export function wantsPage({ method, headers, url }: FastifyRequest): boolean {
  return (
    method === 'GET' &&
    (headers.accept?.includes('text/html') ?? false) &&
    !/[?&](query|documentId|extensions)=/.test(url)
  );
}

/** Sends the page. */
export const graphiqlPage = (reply: FastifyReply): FastifyReply => reply.headers(pageHeaders).send(page);

/** Serves what the page loads, and leads from `/` to it. */
export function openGraphiQL(app: FastifyInstance, { examples, folder }: GraphiQLOptions): void {
  app.get('/', (_, reply) => reply.redirect('/graphql'));
  app.get('/graphiql/start.js', (_, reply) =>
    reply
      .header('content-type', 'text/javascript; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(start(examples)),
  );
  for (const { name, type, source } of graphiqlAssets) {
    let content: Buffer | undefined;
    app.get(`/graphiql/${name}`, (_, reply) => {
      const built = join(folder, name);
      content ??= readFileSync(existsSync(built) ? built : source());
      return reply.header('content-type', type).header('cache-control', 'public, max-age=3600').send(content);
    });
  }
}

const start = (examples: readonly string[]): string => `'use strict';
const tabs = ${JSON.stringify(examples.map((query) => ({ query })))};
const props = { fetcher: GraphiQL.createFetcher({ url: '/graphql' }), shouldPersistHeaders: false };
if (tabs.length > 0) Object.assign(props, { defaultTabs: tabs, defaultQuery: tabs[0].query });
ReactDOM.createRoot(document.getElementById('graphiql')).render(React.createElement(GraphiQL, props));
`;
