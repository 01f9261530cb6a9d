import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const apiPort = process.env['FETTLE_DEV_API_PORT'] ?? '4310';

/** Two pages from one build: the builder (`/`) and published apps (`/apps/<slug>`). */
export default defineConfig({
  root: here('./src/web'),
  base: '/assets-root/',
  plugins: [react()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: here('./dist/web'),
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
