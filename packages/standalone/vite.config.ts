import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
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

/** Two pages from one build: the builder (`/`) and published apps (`/apps/<slug>`). */
export default defineConfig({
  root: here('./src/web'),
  plugins: [react(), devPages],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: here('./dist/web/builder'),
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { input: { builder: here('./src/web/builder.html'), app: here('./src/web/app.html') } },
  },
  server: {
    strictPort: true,
    proxy: { '/api': { target: `http://127.0.0.1:${apiPort}`, changeOrigin: false } },
  },
});
