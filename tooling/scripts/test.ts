import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './build.ts';
import { checks } from './check.ts';
import type { Outcome } from './outcome-reporter.ts';
import { runCommand } from './run-command.ts';

// `pnpm test`: everything. Ends with one line that counts checks, tests and stories: `N passed, N failed`.
process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const reports = mkdtempSync(join(tmpdir(), 'fettle-test-'));
/** Of `pnpm e2e:many`, what two minutes are enough for: building, publishing, roles, visitors, and runs that are watched. */
const fewOnMany = ['public-app', 'tools/roles-theme-releases', 'flows/run-a-flow'].map((name) => `e2e/stories/${name}`);
let passed = 0;
/** Told once more at the end: what failed in the first minutes of a long run is out of sight by then. */
const failures: string[] = [];
let skipped = 0;

for (const check of checks) {
  const code = await runCommand(check.command, check.args);
  console.log(`${code === 0 ? 'passed' : 'FAILED'}: ${check.name}`);
  if (code === 0) passed += 1;
  else failures.push(`${check.name}: exit code ${code}`);
}
await suite('unit, property, contract and database tests', ['run']);
await buildIfNeeded();
await suite('stories in Chromium', ['run', '--config', 'e2e/vitest.config.ts']);
await suite('some of the stories on several servers', ['run', '--config', 'e2e/vitest.config.ts', ...fewOnMany], {
  FETTLE_STORY_TOPOLOGY: 'many',
});
rmSync(reports, { recursive: true, force: true });
for (const failure of failures) console.log(`\nFAILED: ${failure}`);
console.log(`\n${passed} passed, ${failures.length} failed, ${skipped} skipped`);
process.exit(failures.length === 0 ? 0 : 1);

async function suite(name: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<void> {
  const report = join(reports, `${name.replaceAll(/\W+/g, '-')}.json`);
  const reporters = ['--reporter=default', '--reporter=./tooling/scripts/outcome-reporter.ts'];
  const code = await runCommand('vitest', [...args, ...reporters], { ...environment, FETTLE_TEST_OUTCOME: report });
  if (!existsSync(report)) {
    failures.push(`${name}: gave no report, exit code ${code}`);
    return;
  }
  const outcome = JSON.parse(readFileSync(report, 'utf8')) as Outcome;
  passed += outcome.passed;
  skipped += outcome.skipped;
  failures.push(...outcome.failures);
  if (code !== 0 && outcome.failures.length === 0)
    failures.push(`${name}: exit code ${code}, though nothing in it failed`);
}
