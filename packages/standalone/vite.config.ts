import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { beforePaint } from './src/web/before-paint.ts';
import { watchLoadFailures } from './src/web/load-failures.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const pages = [here('./src/web/builder.html'), here('./src/web/app.html')];
const apiPort = process.env['DEV_API_PORT'] ?? '4310';

/** In development the pages have the addresses they have in production. */
const devPages = {
  name: 'fettle-pages',
  configureServer(server: {
    middlewares: { use(handler: (request: { url?: string }, response: unknown, next: () => void) => void): void };
  }) {
    server.middlewares.use((request, _response, next) => {
      const path = request.url ?? '/';
      const isPage =
        !path.startsWith('/api/') &&
        !path.startsWith('/@') &&
        !path.startsWith('/node_modules/') &&
        !/\.[a-z]+($|\?)/i.test(path);
      if (isPage) request.url = /^\/(apps|preview)\/[^/]/.test(path) ? '/app.html' : '/builder.html';
      next();
    });
  },
};

// What a page loads at first, then what its first screen needs, each in one file with all it imports; the rest comes
// when it is asked for. Left to itself the bundler makes a file of whatever two others share, down to single icons: a
// hundred requests before the first row of a table.
const firstScreen = /\/components\/src\/(stack|heading|text|button|table)\/component\.tsx$/;
const initial = (name: string) => ({ name, tags: ['$initial' as const], priority: 9 });
const chunks = {
  app: [
    initial('app'),
    { name: 'list', test: firstScreen, priority: 7 },
    {
      name: 'form',
      test: /\/components\/src\/(form|text-input|number-input|select|checkbox|switch|date-input)\/component\.tsx$/,
      priority: 6,
    },
    { name: 'icons', test: /\/components\/src\/icons\/icon-set\.ts$/, priority: 8 },
  ],
  builder: [
    initial('builder'),
    { name: 'pages', test: /\/builder\/src\/shell\/workspace-pages\.tsx$/, priority: 8 },
    { name: 'design', test: /\/builder\/src\/design\/design-page\.tsx$/, priority: 7 },
    { name: 'icons', test: /\/components\/src\/icons\/icon-set\.ts$/, priority: 6 },
  ],
};

/**
 * What must happen before a page is drawn stands in the page itself: after what says how wide it is, before the
 * stylesheets, for which it would have to wait.
 */
const inlineBeforePaint: Plugin = {
  name: 'fettle-before-paint',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) => html.replace('<!-- before-paint -->', () => beforePaintParts()),
  },
};

function beforePaintParts(): string {
  const scripts = [beforePaint, watchLoadFailures].map((script) => `(${script.toString()})();`).join('\n');
  const style = readFileSync(here('./src/web/before-paint.css'), 'utf8').replaceAll(/\s+/g, ' ');
  return `<script nonce="__CSP_NONCE__">${scripts}</script>\n<style>${style}</style>`;
}

/** Nearly every app opens on a table, so its files are fetched beside the page's own instead of after them. */
const preloadFirstScreen: Plugin = {
  name: 'fettle-preload',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {}, chunk: page }) {
      const wanted = Object.values(bundle).filter(
        (file) => file.type === 'chunk' && (file.name === 'list' || firstScreen.test(file.facadeModuleId ?? '')),
      );
      if (page?.name !== 'app') return [];
      return wanted.map(({ fileName }) => ({
        tag: 'link',
        attrs: { rel: 'modulepreload', crossorigin: true, href: `/${fileName}`, nonce: '__CSP_NONCE__' },
        injectTo: 'head' as const,
      }));
    },
  },
};

/**
 * The builder (`/`) and published apps (`/apps/<slug>`): built one at a time (`--mode builder`, `--mode app`), so that
 * an app loads nothing that is shaped by the builder. In development both are served from their sources.
 */
export default defineConfig(({ mode }) => ({
  root: here('./src/web'),
  plugins: [react(), devPages, inlineBeforePaint, preloadFirstScreen],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: here(`./dist/web/${mode}`),
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    modulePreload: { polyfill: false },
    // One stylesheet for a whole app: its first screen comes rendered, so that all its styles are needed at once.
    cssCodeSplit: mode !== 'app',
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: mode === 'app' || mode === 'builder' ? here(`./src/web/${mode}.html`) : pages,
      output: { codeSplitting: { groups: mode === 'app' ? chunks.app : chunks.builder } },
    },
  },
  server: {
    strictPort: true,
    proxy: { '/api': { target: `http://127.0.0.1:${apiPort}`, changeOrigin: false } },
  },
}));
