import { Type, type Static } from 'typebox';
import type { Json } from '@fettle/base';
import type { FlowTest } from '@fettle/definition';
import { defineRoute } from '../route.ts';
import { exact, id, oneOf } from '../schemas.ts';
import { journalEntry } from './flows.ts';
import { runError } from './run-error.ts';

const json = Type.Unsafe<Json>({});

const difference = exact({
  /** Pointer into the test: the mock or expectation that is not met. */
  place: Type.String(),
  /** Pointer into the value that is compared. */
  path: Type.String(),
  /** In plain words. */
  message: Type.String(),
  hint: Type.Optional(Type.String()),
  step: Type.Optional(Type.String()),
  expected: Type.Optional(json),
  actual: Type.Optional(json),
});

const testResult = exact({
  test: id,
  name: Type.String(),
  flow: id,
  hasPassed: Type.Boolean(),
  /** Empty when it has passed. */
  differences: Type.Array(difference),
  /** How the run ended; absent when it was ended before. */
  end: Type.Optional(
    exact({
      state: oneOf(['succeeded', 'failed', 'waiting']),
      output: Type.Optional(json),
      error: Type.Optional(runError),
    }),
  ),
  durationMs: Type.Number(),
  /** The first steps of the run, when they were asked for. */
  entries: Type.Optional(Type.Array(journalEntry)),
});

/** What came of a test of a flow. */
export type FlowTestOutcome = Static<typeof testResult>;

/** Tests of flows: stored with the app, run without touching anything. */
export const flowTestRoutes = {
  run: defineRoute({
    id: 'flow-tests.run',
    method: 'POST',
    path: '/api/apps/:appId/draft/flow-tests/run',
    summary:
      'Runs tests of the draft’s flows: all of them, those of a flow, or those named. Nothing outside is touched.',
    access: { kind: 'app', action: 'app.edit' },
    params: exact({ appId: id }),
    body: exact({
      flow: Type.Optional(id),
      /** Runs these, also when they are disabled. */
      tests: Type.Optional(Type.Array(id, { maxItems: 1000 })),
      /** True: the results have the journals of their runs, 500 entries at most of each. */
      hasJournals: Type.Optional(Type.Boolean()),
    }),
    response: exact({
      /** The draft's, as it was tested. */
      revision: Type.Integer({ minimum: 0 }),
      passed: Type.Integer(),
      failed: Type.Integer(),
      results: Type.Array(testResult),
    }),
  }),
  make: defineRoute({
    id: 'flow-tests.make',
    method: 'POST',
    path: '/api/apps/:appId/flow-runs/:run/test',
    summary: 'Makes a test of a run: an edit adds it to the draft. Secrets are hidden, large values cut.',
    access: { kind: 'app', action: 'app.edit' },
    params: exact({ appId: id, run: id }),
    response: exact({
      test: Type.Unsafe<FlowTest>({ type: 'object' }),
      /** What of the run the test does not hold, in sentences. */
      notes: Type.Array(Type.String()),
    }),
  }),
} as const;
