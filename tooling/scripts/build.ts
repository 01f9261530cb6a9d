import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compressFolder } from './compress-folder.ts';
import { runCommand } from './run-command.ts';
import { sourceFingerprint } from './source-fingerprint.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const output = `${root}/packages/standalone/dist`;
const stampFile = `${output}/build-stamp.txt`;

/** Builds the web pages and the server unless they are up to date. Answers whether it built. */
export async function buildIfNeeded(): Promise<boolean> {
  const fingerprint = sourceFingerprint(root);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint) return false;
  // Until everything is built again nothing is: a build that stops half-way must not pass for a whole one.
  rmSync(stampFile, { force: true });
  rmSync(`${output}/compile-cache`, { recursive: true, force: true });
  // The server takes a folder per page, each with an index.html.
  for (const page of ['builder', 'app']) {
    await build(page, ['--config', 'packages/standalone/vite.config.ts', '--mode', page]);
    renameSync(`${output}/web/${page}/${page}.html`, `${output}/web/${page}/index.html`);
  }
  await build('frame', ['--config', 'packages/standalone/vite.frame.config.ts']);
  await build('renderer', ['--config', 'packages/standalone/vite.renderer.config.ts']);
  await build('server', ['--config', 'packages/standalone/vite.server.config.ts']);
  await build('command line', ['--config', 'packages/standalone/vite.server.config.ts', '--mode', 'cli']);
  await compressFolder(`${output}/web`);
  writeFileSync(stampFile, fingerprint);
  return true;
}

async function build(name: string, options: readonly string[]): Promise<void> {
  // Whoever builds, a test runner too: without this React comes with its development checks.
  const code = await runCommand('vite', ['build', ...options, '--logLevel', 'warn'], { NODE_ENV: 'production' });
  if (code === 0) return;
  console.error(`The build of the ${name} failed. The messages above say why.`);
  process.exit(code);
}

if (import.meta.main) {
  process.chdir(root);
  const startedAt = performance.now();
  const hasBuilt = await buildIfNeeded();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(hasBuilt ? `Built in ${seconds} s.` : 'The build is up to date.');
}
