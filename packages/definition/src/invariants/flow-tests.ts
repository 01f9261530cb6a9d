import type { Problem } from '@fettle/base';
import type { App } from '../app.ts';
import type { FlowTest } from '../kinds/flow-test.ts';

/** Each mock of each test says one thing: what comes out, what goes wrong, that nobody answers, or that it really runs. */
export function flowTests(app: App): readonly Problem[] {
  return Object.values(app.flowTests).flatMap(checkFlowTestMocks);
}

/** The same for one test. */
export function checkFlowTestMocks(test: FlowTest): readonly Problem[] {
  return (test.mocks ?? []).flatMap((mock, index) => {
    const said = (['output', 'error', 'expires', 'runs'] as const).filter((key) => mock[key] !== undefined);
    if (said.length === 1) return [];
    return [
      {
        path: `/flowTests/${test.id}/mocks/${index}`,
        code: 'flow-test.mock',
        message: `The mock of "${mock.step}" must have one of "output", "error", "expires" and "runs".`,
      },
    ];
  });
}
