import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
  await build('web', 'packages/standalone/vite.config.ts');
  await build('server', 'packages/standalone/vite.server.config.ts');
  // The server takes a folder per page, each with an index.html; the files both load stand with the builder's.
  mkdirSync(`${output}/web/app`, { recursive: true });
  renameSync(`${output}/web/builder/app.html`, `${output}/web/app/index.html`);
  renameSync(`${output}/web/builder/builder.html`, `${output}/web/builder/index.html`);
  await compressFolder(`${output}/web`);
  writeFileSync(stampFile, fingerprint);
  return true;
}

async function build(name: string, config: string): Promise<void> {
  const code = await runCommand('vite', ['build', '--config', config, '--logLevel', 'warn']);
  if (code === 0) return;
  console.error(`The ${name} build failed. The messages above say why.`);
  process.exit(code);
}

if (import.meta.main) {
  process.chdir(root);
  const startedAt = performance.now();
  const hasBuilt = await buildIfNeeded();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(hasBuilt ? `Built in ${seconds} s.` : 'The build is up to date.');
}
