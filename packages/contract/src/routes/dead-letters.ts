import { Type } from 'typebox';
import { defineRoute } from '../route.ts';
import { exact, id, oneOf } from '../schemas.ts';
import { runListItem } from './flows.ts';

const ofApp = exact({ appId: id });
const millis = Type.Integer({ minimum: 0 });
/** Which dead letters are meant: these, those of a flow, or all that had ended by `until`. */
const choice = {
  runs: Type.Optional(Type.Array(id, { minItems: 1, maxItems: 200 })),
  flow: Type.Optional(id),
  until: millis,
};

/** Runs of the live app that failed for good, and starts that could not be played, until somebody does something about them. */
export const deadLetterRoutes = {
  list: defineRoute({
    id: 'dead-letters.list',
    method: 'GET',
    path: '/api/apps/:appId/dead-letters',
    summary: 'Runs of the live app that failed for good and that nobody has done anything about, newest first.',
    access: { kind: 'app', action: 'flow.read' },
    params: ofApp,
    query: exact({
      flow: Type.Optional(id),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      cursor: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    response: exact({
      letters: Type.Array(runListItem),
      /** How many each flow has, whatever is listed. */
      counts: Type.Array(exact({ flow: id, count: Type.Integer() })),
      next: Type.Optional(Type.String()),
    }),
  }),
  retry: defineRoute({
    id: 'dead-letters.retry',
    method: 'POST',
    path: '/api/apps/:appId/dead-letters/retry',
    summary: 'Starts dead letters again, each once, and takes them off the list. At most 200 at a time.',
    access: { kind: 'app', action: 'flow.operate' },
    params: ofApp,
    body: exact({
      ...choice,
      version: Type.Optional(oneOf(['same', 'current'])),
      /** Go on from the step that failed; what came before it is not done again. */
      fromFailed: Type.Optional(Type.Boolean()),
    }),
    response: exact({
      started: Type.Integer(),
      /** Those that cannot be started, and why. They stay on the list. */
      refused: Type.Array(exact({ run: id, message: Type.String(), hint: Type.Optional(Type.String()) })),
      hasMore: Type.Boolean(),
    }),
  }),
  discard: defineRoute({
    id: 'dead-letters.discard',
    method: 'POST',
    path: '/api/apps/:appId/dead-letters/discard',
    summary: 'Takes dead letters off the list. Their runs stay among the runs.',
    access: { kind: 'app', action: 'flow.operate' },
    params: ofApp,
    body: exact(choice),
    response: exact({ discarded: Type.Integer() }),
  }),
} as const;
