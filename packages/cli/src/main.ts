#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { exitCodes } from './command/exit-codes.ts';
import { runCommandLine } from './command/run-command-line.ts';
import { registry } from './registry.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

process.once('SIGINT', () => process.exit(exitCodes.interrupted));
// Whoever reads our output may stop reading: `fettle app list | head -1`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCommandLine(registry, process.argv.slice(2), {
  environment: process.env,
  folder: process.cwd(),
  version,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
});
