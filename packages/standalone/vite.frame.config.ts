import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What components of plugins run on in a frame: one script, since a frame can load nothing. */
export default defineConfig({
  root: here('./src/web'),
  publicDir: false,
  // It runs in browsers alone, where nothing is waited for at the top of a module.
  define: { 'process.env.NODE_ENV': '"production"', 'typeof window': '"object"' },
  build: {
    outDir: here('./dist/web/frame'),
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    rolldownOptions: {
      input: { frame: here('./src/web/frame.ts') },
      output: { format: 'iife', entryFileNames: '[name].js' },
    },
  },
});
