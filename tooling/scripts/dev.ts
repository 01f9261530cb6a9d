import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// `pnpm dev`: the server restarts on a change (API on 4310), the pages reload in place (Vite, on PORT or 4300).
const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);
const port = process.env['PORT'] ?? '4300';
const apiPort = process.env['DEV_API_PORT'] ?? '4310';

const children: ChildProcess[] = [
  spawn('node', ['--watch', '--watch-preserve-output', 'packages/standalone/src/main.ts'], {
    stdio: 'inherit',
    env: { ...process.env, PORT: apiPort, FETTLE_PUBLIC_URL: `http://localhost:${port}` },
  }),
  spawn('vite', ['--config', 'packages/standalone/vite.config.ts', '--port', port], { stdio: 'inherit' }),
];

const stop = (): void => children.forEach((child) => child.kill('SIGTERM'));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
for (const child of children) child.once('exit', stop);
