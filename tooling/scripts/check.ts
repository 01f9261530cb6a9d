import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.ts';

/** Everything that can be known without running the product, in the order in which it fails fastest. */
export const checks: readonly { readonly name: string; readonly command: string; readonly args: readonly string[] }[] =
  [
    { name: 'types', command: 'tsc', args: ['--noEmit', '-p', 'tsconfig.json'] },
    { name: 'lint and layers', command: 'oxlint', args: ['--type-aware', 'packages', 'tooling', 'e2e'] },
    { name: 'package dependencies', command: 'node', args: ['tooling/scripts/check-layers.ts'] },
    { name: 'format', command: 'oxfmt', args: ['--check'] },
    { name: 'unused files and exports', command: 'knip', args: [] },
  ];

if (import.meta.main) {
  process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
  let failed = 0;
  for (const check of checks) {
    const code = await runCommand(check.command, check.args);
    console.log(`${code === 0 ? 'passed' : 'FAILED'}: ${check.name}`);
    if (code !== 0) failed += 1;
  }
  process.exit(failed === 0 ? 0 : 1);
}
