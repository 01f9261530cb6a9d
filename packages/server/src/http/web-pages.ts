import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FirstScreens } from './first-screen/first-screens.ts';
import { sendAppPage } from './first-screen/send-app-page.ts';
import { noncePlaceholder } from './page-nonce.ts';
import type { SecurityHeaders } from './security-headers.ts';

/** The pages people open: the builder at `/`, published apps at `/apps/<slug>`, and the files both load. */
export interface WebPages {
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Folders of the built pages, each with an `index.html`. */
export interface WebFolders {
  readonly builder: string;
  readonly app: string;
  /** The module that renders first screens in a process of its own; without it browsers render them. */
  readonly renderer?: string;
  /** The script that components of plugins in frames run on; without it they cannot run in frames. */
  readonly frame?: string;
}

interface WebFile {
  readonly file: string;
  readonly type: string;
  /** The name changes with the content, so browsers may keep it for good. */
  readonly isHashed: boolean;
  readonly encodings: readonly ('br' | 'gzip')[];
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.map': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
};

/** Reads what there is to serve, once. Only files found then are ever opened: a path cannot lead elsewhere. */
export async function createWebPages({
  folders,
  headers,
  firstScreens,
}: {
  readonly folders: WebFolders | undefined;
  readonly headers: SecurityHeaders;
  readonly firstScreens: FirstScreens;
}): Promise<WebPages> {
  const files = new Map<string, WebFile>();
  let builder: string | undefined;
  let app: string | undefined;
  if (folders !== undefined) {
    await collect(folders.app, '', files);
    await collect(folders.builder, '', files);
    builder = await readFile(join(folders.builder, 'index.html'), 'utf8');
    app = await readFile(join(folders.app, 'index.html'), 'utf8');
  }
  return {
    async serve(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.writeHead(405, { ...headers.asset, Allow: 'GET, HEAD' }).end();
        return;
      }
      const path = (request.url ?? '/').replace(/[?#].*$/s, '');
      const file = files.get(path);
      if (file !== undefined) return sendFile(request, response, file, headers);
      const html = pageFor(path, { builder, app });
      if (html !== undefined && request.method === 'GET') {
        firstScreens.warm();
        const slug = html === app ? slugOf(path) : undefined;
        if (slug !== undefined && isOpened(request)) {
          const first = await firstScreens.open(slug, request, response);
          if (first !== undefined) return sendAppPage(request, response, { html, first, headers });
        }
      }
      sendPage(request, response, { html, headers });
    },
  };
}

async function collect(folder: string, prefix: string, files: Map<string, WebFile>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = new Set(entries.map((entry) => entry.name));
  for (const entry of entries) {
    const path = `${prefix}/${entry.name}`;
    if (entry.isDirectory()) await collect(join(folder, entry.name), path, files);
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined || path === '/index.html') continue;
    files.set(path, {
      file: join(folder, entry.name),
      type,
      isHashed: /[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/.test(entry.name),
      encodings: [
        ...(names.has(`${entry.name}.br`) ? (['br'] as const) : []),
        ...(names.has(`${entry.name}.gz`) ? (['gzip'] as const) : []),
      ],
    });
  }
}

function pageFor(
  path: string,
  pages: { readonly builder: string | undefined; readonly app: string | undefined },
): string | undefined {
  if (/^\/(apps|preview)\/[^/]/.test(path)) return pages.app;
  // Addresses inside a workspace name tables, whose names may hold a dot ("sales.orders"); links that answer have one.
  if (/^\/(w|answer)\/[^/]/.test(path)) return pages.builder;
  // Elsewhere a name with a dot is a file, and it was not found. Everything else is the builder's own address.
  return /\.[^/]*$/.test(path) || path.startsWith('/assets/') ? undefined : pages.builder;
}

/** The published app that a path belongs to. */
function slugOf(path: string): string | undefined {
  return /^\/apps\/([a-z0-9-]+)(?:\/|$)/.exec(path)?.[1];
}

/** True for a page that a person opens; browsers say so. Nothing is read for pages that something else fetches. */
function isOpened({ headers }: IncomingMessage): boolean {
  const { 'sec-fetch-dest': destination } = headers;
  return destination === undefined || destination === 'document' || destination === 'iframe';
}

function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  { html, headers }: { readonly html: string | undefined; readonly headers: SecurityHeaders },
): void {
  const nonce = randomBytes(18).toString('base64');
  const text = html === undefined ? missingPage : html.replaceAll(noncePlaceholder, nonce);
  response.writeHead(html === undefined ? 404 : 200, {
    ...headers.page(nonce),
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(text)),
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}

async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  found: WebFile,
  headers: SecurityHeaders,
): Promise<void> {
  const accepted = request.headers['accept-encoding'];
  const encoding = found.encodings.find((name) => typeof accepted === 'string' && accepted.includes(name));
  const file = encoding === undefined ? found.file : `${found.file}.${encoding === 'br' ? 'br' : 'gz'}`;
  const size = await stat(file).then(
    (found) => found.size,
    () => undefined,
  );
  if (size === undefined) {
    // A newer build has replaced the files of the one this process started with.
    response.writeHead(404, { ...headers.asset, 'Cache-Control': 'no-store' }).end();
    return;
  }
  response.writeHead(200, {
    ...headers.asset,
    'Content-Type': found.type,
    'Content-Length': String(size),
    'Cache-Control': found.isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
    Vary: 'Accept-Encoding',
    ...(encoding === undefined ? {} : { 'Content-Encoding': encoding }),
  });
  if (request.method === 'HEAD') response.end();
  // A reader that goes away half-way is no failure of ours.
  else await pipeline(createReadStream(file), response).catch(() => response.destroy());
}

const missingPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Not found</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:30rem;margin:20vh auto;padding:0 1rem}</style>
</head><body><h1>Not found</h1><p>There is no page at this address.</p><p><a href="/">Go to the start page</a></p></body></html>
`;
