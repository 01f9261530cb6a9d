import { authorise, explain, type Grant } from '@fettle/access';
import { AppError } from '@fettle/base';
import type { App } from '@fettle/definition';
import type { FlowTestResult } from '@fettle/flow';
import { workspaceIdOf } from '../../grants.ts';

/** What a release says of the tests of its flows: how many passed, and which did not. */
export interface ReleaseTests {
  readonly passed: number;
  readonly failed: readonly string[];
}

/** Runs all tests of an app's flows that are not disabled. */
export type RunTests = (app: App, workspaceId: string) => Promise<readonly FlowTestResult[]>;

const untested = 'app.publish-untested';

/**
 * Runs the tests of what is to be published. Throws when one fails, unless whoever publishes may and wants to go on.
 * Undefined when there are none.
 */
export async function testBeforeRelease(
  runTests: RunTests,
  app: App,
  request: { readonly grant: Grant; readonly despiteTests?: boolean },
): Promise<ReleaseTests | undefined> {
  const { actor, subject } = request.grant;
  if (request.despiteTests === true) authorise(actor, untested, subject);
  const results = await runTests(app, workspaceIdOf(request.grant));
  if (results.length === 0) return undefined;
  const failed = results.filter(({ hasPassed }) => !hasPassed);
  if (failed.length > 0 && request.despiteTests !== true)
    throw testsFailed(failed, explain(actor, untested, subject).isAllowed);
  return { passed: results.length - failed.length, failed: failed.map(({ name }) => name) };
}

function testsFailed(failed: readonly FlowTestResult[], canGoOn: boolean): AppError {
  const [first] = failed;
  const count = failed.length === 1 ? 'A test' : `${failed.length} tests`;
  return new AppError('conflict', {
    code: 'release.tests-failed',
    message: `${count} of the app’s flows failed: ${first?.name ?? ''}. ${first?.differences[0]?.message ?? ''}`,
    hint: canGoOn
      ? 'Correct the flows or their tests, or publish anyway.'
      : 'Correct the flows or their tests. An admin of the workspace can publish anyway.',
    details: { canPublishAnyway: canGoOn },
    problems: failed.slice(0, 50).map(({ test, name, differences }) => ({
      path: `/flowTests/${test}`,
      code: 'flow-test.failed',
      message: `${name}: ${differences[0]?.message ?? 'It failed.'}`,
    })),
  });
}
