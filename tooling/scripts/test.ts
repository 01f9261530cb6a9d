import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './build.ts';
import { checks } from './check.ts';
import { runCommand } from './run-command.ts';

// `pnpm test`: everything. Ends with one line that counts checks, tests and stories: `N passed, N failed`.
process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const reports = mkdtempSync(join(tmpdir(), 'fettle-test-'));
/** Of `pnpm e2e:many`, what two minutes are enough for: building, publishing, roles, visitors, and runs that are watched. */
const fewOnMany = ['public-app', 'tools/roles-theme-releases', 'flows/run-a-flow'].map((name) => `e2e/stories/${name}`);
let passed = 0;
let failed = 0;
let skipped = 0;

for (const check of checks) {
  const code = await runCommand(check.command, check.args);
  console.log(`${code === 0 ? 'passed' : 'FAILED'}: ${check.name}`);
  if (code === 0) passed += 1;
  else failed += 1;
}
await suite('unit, property, contract and database tests', ['run']);
await buildIfNeeded();
await suite('stories in Chromium', ['run', '--config', 'e2e/vitest.config.ts']);
await suite('some of the stories on several servers', ['run', '--config', 'e2e/vitest.config.ts', ...fewOnMany], {
  FETTLE_STORY_TOPOLOGY: 'many',
});
rmSync(reports, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);

async function suite(name: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<void> {
  const report = join(reports, `${name.replaceAll(/\W+/g, '-')}.json`);
  const output = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runCommand('vitest', [...args, ...output], environment);
  if (!existsSync(report)) {
    console.error(`FAILED: ${name} gave no report.`);
    failed += 1;
    return;
  }
  const result = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
  };
  passed += result.numPassedTests;
  skipped += result.numPendingTests;
  // A suite that could not even be loaded has no failed tests of its own.
  failed += code !== 0 && result.numFailedTests === 0 ? 1 : result.numFailedTests;
}
