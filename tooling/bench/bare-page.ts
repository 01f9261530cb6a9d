import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request as forward, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { compressFolder } from '../scripts/compress-folder.ts';

/** A page of nothing but React that shows the same rows, with the product's API behind the same address. */
export interface BarePage {
  readonly url: string;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Builds the page and serves it. Calls of `/api` go on to the product. */
export async function openBarePage(
  productUrl: string,
  request: { readonly path: string; readonly body: unknown },
): Promise<BarePage> {
  const folder = await mkdtemp(join(tmpdir(), 'fettle-bare-'));
  await mkdir(join(folder, 'src'));
  await writeFile(
    join(folder, 'src', 'index.html'),
    '<!doctype html><div id="root"></div><script type="module" src="./main.js"></script>',
  );
  await writeFile(join(folder, 'src', 'main.js'), sourceOf(request));
  const require = createRequire(fileURLToPath(new URL('../../packages/standalone/package.json', import.meta.url)));
  const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));
  await build({
    root: join(folder, 'src'),
    configFile: false,
    logLevel: 'warn',
    resolve: { alias: { react: folderOf('react'), 'react-dom': folderOf('react-dom') } },
    build: { outDir: join(folder, 'dist'), emptyOutDir: true, modulePreload: { polyfill: false } },
  });
  await compressFolder(join(folder, 'dist'));
  const server = serve(join(folder, 'dist'), productUrl);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function sourceOf({ path, body }: { readonly path: string; readonly body: unknown }): string {
  return `
    import { createElement as h, useEffect, useState } from 'react';
    import { createRoot } from 'react-dom/client';
    function Page() {
      const [rows, setRows] = useState([]);
      useEffect(() => {
        fetch(${JSON.stringify(path)}, { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(JSON.stringify(body))} })
          .then((response) => response.json())
          .then((reply) => setRows(reply.rows));
      }, []);
      return h('table', null, h('tbody', null, rows.map((row) =>
        h('tr', { key: row.id }, Object.entries(row).map(([name, value]) => h('td', { key: name }, String(value)))))));
    }
    createRoot(document.getElementById('root')).render(h(Page));
  `;
}

function serve(folder: string, productUrl: string): Server {
  return createServer((request, response) => {
    const url = request.url ?? '/';
    if (url.startsWith('/api/')) {
      const onward = forward(
        productUrl + url,
        {
          method: request.method ?? 'GET',
          headers: { ...request.headers, host: new URL(productUrl).host, origin: productUrl },
        },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      onward.once('error', () => response.destroy());
      request.pipe(onward);
      return;
    }
    const path = join(folder, url === '/' ? 'index.html' : url);
    const send = (content: Buffer, encoding?: string): void => {
      response.writeHead(200, {
        'content-type': types[extname(path)] ?? 'application/octet-stream',
        ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
      });
      response.end(content);
    };
    readFile(`${path}.br`).then(
      (content) => send(content, 'br'),
      () => readFile(path).then(send, () => response.writeHead(404).end()),
    );
  });
}
