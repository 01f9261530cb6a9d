import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** What came of one run of Vitest. `failures` says where and why, one text each; errors outside of any test count too. */
export interface Outcome {
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
}

const shownLines = 12;

/** Writes the outcome to the file that FETTLE_TEST_OUTCOME names: what is told once more at the end of a long run. */
export default class OutcomeReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const path = process.env['FETTLE_TEST_OUTCOME'];
    if (path !== undefined) writeFileSync(path, JSON.stringify(outcomeOf(modules, unhandled)));
  }
}

function outcomeOf(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Outcome {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const groups = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  const failedTests = tests.flatMap((test) => {
    const result = test.result();
    return result.state === 'failed' ? [told(`${test.module.relativeModuleId} > ${test.fullName}`, result.errors)] : [];
  });
  const failedGroups = groups.flatMap((group) => {
    const errors = group.errors();
    if (errors.length === 0) return [];
    return [
      told(
        group.type === 'module' ? group.relativeModuleId : `${group.module.relativeModuleId} > ${group.fullName}`,
        errors,
      ),
    ];
  });
  return {
    passed: tests.filter((test) => test.result().state === 'passed').length,
    skipped: tests.filter((test) => test.result().state === 'skipped').length,
    failures: [...failedTests, ...failedGroups, ...unhandled.map((error) => told('outside of the tests', [error]))],
  };
}

function told(where: string, errors: readonly SerializedError[]): string {
  const reasons = errors.map((error) => [error.stack ?? error.message, error['diff']].filter(Boolean).join('\n'));
  const own = reasons
    .join('\n')
    .split('\n')
    .filter((line) => !/^\s+at .*(node_modules|new Promise)/.test(line));
  return [where, ...own.slice(0, shownLines).map((line) => `    ${line}`)].join('\n');
}
