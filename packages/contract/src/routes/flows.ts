import { Type, type Static } from 'typebox';
import type { Json } from '@fettle/base';
import type { Parameter } from '@fettle/definition';
import { defineRoute } from '../route.ts';
import { environment, exact, id, oneOf, openObject } from '../schemas.ts';
import { flowSourceRoutes } from './flow-sources.ts';
import { runError } from './run-error.ts';

const json = Type.Unsafe<Json>({});
const ofApp = exact({ appId: id });
const ofFlow = exact({ appId: id, flow: id });
const ofRun = exact({ appId: id, run: id });
const token = Type.String({ minLength: 1, maxLength: 3000, pattern: '^[A-Za-z0-9_.\\-]+$' });
const millis = Type.Integer({ minimum: 0 });

/** What a run is doing. The last three are final. */
export const runStates = ['queued', 'held', 'running', 'waiting', 'succeeded', 'failed', 'cancelled'] as const;
const runState = oneOf(runStates);

/** What started a run: an app, a trial in the builder, a trigger, another flow, or whoever wanted it again. */
export const runOrigins = [
  'app',
  'draft',
  'schedule',
  'row',
  'webhook',
  'event',
  'source',
  'flow',
  'rerun',
  'retry',
] as const;
const runOrigin = oneOf(runOrigins);
/** One of {@link runOrigins}. */
export type RunOrigin = (typeof runOrigins)[number];

/** A run in a list. Times are milliseconds since 1970. */
const runHead = {
  id,
  flowId: id,
  version: Type.String(),
  environment,
  state: runState,
  isDryRun: Type.Boolean(),
  startedBy: Type.Union([Type.String(), Type.Null()]),
  /** Absent for runs from before this was noted. */
  origin: Type.Optional(runOrigin),
  /** The run that it repeats. */
  rerunOf: Type.Optional(id),
  createdAt: millis,
  startedAt: Type.Union([millis, Type.Null()]),
  finishedAt: Type.Union([millis, Type.Null()]),
  /** When a held run may begin by its flow's limit of starts; absent: when its flow is no longer paused. */
  heldUntil: Type.Optional(millis),
  error: Type.Optional(runError),
};

/** A run with what it was given and what came of it. */
const runDetails = exact({
  ...runHead,
  trigger: json,
  output: Type.Optional(json),
  parentRun: Type.Optional(id),
  /** Path of the step that it began with: what came before is reused of the run that it repeats. */
  rerunFrom: Type.Optional(Type.String()),
  /** Who wanted it again. */
  rerunBy: Type.Optional(Type.String()),
  /** Runs that repeat this one, the newest first; the newest 50. */
  reruns: Type.Array(
    exact({
      id,
      state: runState,
      createdAt: millis,
      from: Type.Optional(Type.String()),
      by: Type.Optional(Type.String()),
    }),
  ),
});

/** A value that is too large to be sent along: its size, and a hash by which it is told apart from others. */
const omittedValue = exact({ characters: Type.Integer(), hash: Type.String() });

/** One step of a run, as its journal has it. */
export const journalEntry = exact({
  path: Type.String(),
  scope: Type.String(),
  stepId: Type.String(),
  name: Type.String(),
  kind: Type.String(),
  /** `unfinished`: its run ended before it did. */
  state: oneOf(['started', 'succeeded', 'failed', 'waiting', 'skipped', 'previewed', 'unfinished']),
  attempt: Type.Integer(),
  input: Type.Optional(json),
  output: Type.Optional(json),
  error: Type.Optional(runError),
  idempotencyKey: Type.Optional(Type.String()),
  logs: Type.Optional(Type.Array(openObject)),
  startedAt: millis,
  finishedAt: Type.Optional(millis),
  wakeAt: Type.Optional(millis),
  /** The run that played it, when this one only reuses what it found. */
  reusedFrom: Type.Optional(id),
  /** Attempts that failed; the newest 20. */
  tries: Type.Optional(
    Type.Array(exact({ attempt: Type.Integer(), startedAt: millis, finishedAt: millis, error: runError })),
  ),
  /** Values that are left out because of their size: `flow-runs.entry` gives them. */
  omitted: Type.Optional(exact({ input: Type.Optional(omittedValue), output: Type.Optional(omittedValue) })),
});

/** A paused flow. */
const flowPause = exact({
  flow: id,
  environment,
  pausedAt: millis,
  pausedBy: Type.Union([Type.String(), Type.Null()]),
  note: Type.Union([Type.String(), Type.Null()]),
  refuses: Type.Boolean(),
  /** Starts that wait for it to be resumed. */
  held: Type.Integer(),
});

/** See {@link flowPause}. */
export type FlowPause = Static<typeof flowPause>;

/** See {@link runHead}. */
export type FlowRunHead = Static<typeof runListItem>;
/** See {@link runDetails}. */
export type FlowRunDetails = Static<typeof runDetails>;
/** See {@link journalEntry}. */
export type FlowJournalEntry = Static<typeof journalEntry>;

/** A run in a list. */
export const runListItem = exact(runHead);
const ended = exact({
  id,
  state: runState,
  output: Type.Optional(json),
  error: Type.Optional(runError),
});
const input = Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), { maxProperties: 200 });

/** Which failed runs are meant. Times are those of their start. */
const failedRuns = {
  flow: Type.Optional(id),
  environment: Type.Optional(environment),
  after: millis,
  before: Type.Optional(millis),
};

/** Starting flows from apps, and operating their runs. */
export const flowRoutes = {
  start: defineRoute({
    id: 'run.start-flow',
    method: 'POST',
    path: '/api/run/:app/flows/:flow/start',
    summary: 'Starts a flow of the live release with typed inputs, and waits for its end when asked to.',
    access: { kind: 'release', action: 'flow.start', target: 'flow' },
    params: exact({ app: id, flow: id }),
    body: exact({
      input,
      /** Milliseconds to wait for the end; 0: answer at once. */
      waitMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
      /** The same request again starts nothing and answers the run of the first. */
      requestId: Type.Optional(id),
    }),
    response: exact({ run: ended }),
  }),
  startDraft: defineRoute({
    id: 'draft.start-flow',
    method: 'POST',
    path: '/api/apps/:appId/draft/flows/:flow/start',
    summary: 'Starts a flow of the draft with trial trigger data, on development data.',
    access: { kind: 'app', action: 'app.edit' },
    params: exact({ appId: id, flow: id }),
    body: exact({
      trigger: json,
      /** True: effects are shown, not done. */
      isDryRun: Type.Optional(Type.Boolean()),
      waitMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
    }),
    response: exact({ run: ended }),
  }),
  ...flowSourceRoutes,
  runs: defineRoute({
    id: 'flow-runs.list',
    method: 'GET',
    path: '/api/apps/:appId/flow-runs',
    summary: 'Runs of an app’s flows, newest first.',
    access: { kind: 'app', action: 'flow.read' },
    params: ofApp,
    query: exact({
      flow: Type.Optional(id),
      state: Type.Optional(runState),
      environment: Type.Optional(environment),
      /** Started before or after this instant, milliseconds since 1970. */
      before: Type.Optional(millis),
      after: Type.Optional(millis),
      origin: Type.Optional(runOrigin),
      /** A part of the e-mail address or name of whoever started it or wanted it again. */
      actor: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      /** How long it took or takes, in milliseconds. */
      minMs: Type.Optional(millis),
      maxMs: Type.Optional(millis),
      /** A text in what it was given, in its error, or in the first 300 entries of its journal. */
      text: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      cursor: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    response: exact({
      runs: Type.Array(runListItem),
      next: Type.Optional(Type.String()),
      /** How far it was looked, when a search stopped before the page was full: `next` goes on from there. */
      searched: Type.Optional(exact({ runs: Type.Integer(), to: millis })),
    }),
  }),
  run: defineRoute({
    id: 'flow-runs.read',
    method: 'GET',
    path: '/api/apps/:appId/flow-runs/:run',
    summary: 'One run with a page of its journal, in the order its steps began.',
    access: { kind: 'app', action: 'flow.read' },
    params: ofRun,
    query: exact({
      /** What the page before gave as `next`. */
      cursor: Type.Optional(Type.String({ maxLength: 1100 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    }),
    response: exact({ run: runDetails, entries: Type.Array(journalEntry), next: Type.Optional(Type.String()) }),
  }),
  entry: defineRoute({
    id: 'flow-runs.entry',
    method: 'GET',
    path: '/api/apps/:appId/flow-runs/:run/entry',
    summary: 'One step of a run with its values, up to 10 million characters of each.',
    access: { kind: 'app', action: 'flow.read' },
    params: ofRun,
    query: exact({ path: Type.String({ minLength: 1, maxLength: 1000 }) }),
    response: exact({ entry: journalEntry }),
  }),
  cancel: defineRoute({
    id: 'flow-runs.cancel',
    method: 'POST',
    path: '/api/apps/:appId/flow-runs/:run/cancel',
    summary: 'Cancels a run: at once when it waits, else as soon as its worker hears of it.',
    access: { kind: 'app', action: 'flow.operate' },
    params: ofRun,
    response: exact({ state: runState }),
  }),
  rerun: defineRoute({
    id: 'flow-runs.rerun',
    method: 'POST',
    path: '/api/apps/:appId/flow-runs/:run/rerun',
    summary:
      'Starts a new run of the same flow: whole or from a step, on the same or the current version, with the same or other trigger data.',
    access: { kind: 'app', action: 'flow.operate' },
    params: ofRun,
    body: exact({
      version: Type.Optional(oneOf(['same', 'current'])),
      trigger: Type.Optional(json),
      /** Path of the step to begin with; what came before it is reused. Absent: the first one. */
      from: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
      /** Begin with the step that failed or was cut off. */
      fromFailed: Type.Optional(Type.Boolean()),
    }),
    response: exact({ run: id }),
  }),
  question: defineRoute({
    id: 'flow-answers.read',
    method: 'GET',
    path: '/api/flow-answers/:token',
    summary: 'What a waiting flow asks of whoever has this link.',
    access: { kind: 'public', why: 'the signed link, which names one step of one run, is the right' },
    params: exact({ token }),
    response: exact({
      kind: oneOf(['callback', 'approval']),
      state: oneOf(['open', 'answered', 'expired']),
      title: Type.Optional(Type.String()),
      message: Type.Optional(Type.String()),
      /** What is to be filled in with an approval. */
      fields: Type.Optional(Type.Array(Type.Unsafe<Parameter>({ type: 'object' }))),
      deadline: Type.Optional(millis),
    }),
  }),
  answer: defineRoute({
    id: 'flow-answers.give',
    method: 'POST',
    path: '/api/flow-answers/:token',
    summary: 'Answers a waiting flow, once: `approved` for an approval, any JSON object for a callback.',
    access: { kind: 'public', why: 'the signed link, which works once, is the right' },
    params: exact({ token }),
    body: openObject,
  }),
  retriable: defineRoute({
    id: 'flow-runs.count-failed',
    method: 'GET',
    path: '/api/apps/:appId/failed-flow-runs',
    summary: 'How many failed runs of a time were not started again yet, counted up to 1,000.',
    access: { kind: 'app', action: 'flow.read' },
    params: ofApp,
    query: exact(failedRuns),
    response: exact({ count: Type.Integer(), isMore: Type.Boolean() }),
  }),
  retryFailed: defineRoute({
    id: 'flow-runs.retry-failed',
    method: 'POST',
    path: '/api/apps/:appId/flow-runs/retry-failed',
    summary: 'Starts failed runs of a time again, a page at a time, the newest first; each one only once.',
    access: { kind: 'app', action: 'flow.operate' },
    params: ofApp,
    body: exact({
      ...failedRuns,
      version: Type.Optional(oneOf(['same', 'current'])),
      /** Begin each with the step that failed, and reuse what came before. */
      fromFailed: Type.Optional(Type.Boolean()),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
      cursor: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    response: exact({
      started: Type.Integer(),
      /** Runs that cannot be started like this, and why. */
      refused: Type.Array(exact({ run: id, message: Type.String(), hint: Type.Optional(Type.String()) })),
      /** Where to go on; absent: that was all. */
      next: Type.Optional(Type.String()),
    }),
  }),
  pauses: defineRoute({
    id: 'flow-controls.list',
    method: 'GET',
    path: '/api/apps/:appId/flow-pauses',
    summary: 'Flows of the app that are paused, since when and by whom, and how many starts they hold.',
    access: { kind: 'app', action: 'flow.read' },
    params: ofApp,
    response: exact({ pauses: Type.Array(flowPause) }),
  }),
  pause: defineRoute({
    id: 'flow-controls.pause',
    method: 'POST',
    path: '/api/apps/:appId/flows/:flow/pause',
    summary: 'Pauses a flow: what is under way ends, starts are held until it is resumed, or refused.',
    access: { kind: 'app', action: 'flow.operate' },
    params: ofFlow,
    body: exact({
      environment,
      /** Callers who hear of it, such as apps and webhooks, are refused. False: their runs are held. */
      refuses: Type.Optional(Type.Boolean()),
      note: Type.Optional(Type.String({ maxLength: 500 })),
    }),
  }),
  resume: defineRoute({
    id: 'flow-controls.resume',
    method: 'POST',
    path: '/api/apps/:appId/flows/:flow/resume',
    summary: 'Resumes a paused flow: what was held begins, and schedules make up for what they missed as they say.',
    access: { kind: 'app', action: 'flow.operate' },
    params: ofFlow,
    body: exact({ environment }),
    response: exact({ released: Type.Integer() }),
  }),
} as const;
