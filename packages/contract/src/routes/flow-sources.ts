import { Type, type Static } from 'typebox';
import type { Json } from '@fettle/base';
import { defineRoute } from '../route.ts';
import { exact, id, oneOf } from '../schemas.ts';
import { runError } from './run-error.ts';

const json = Type.Unsafe<Json>({});
const millis = Type.Integer({ minimum: 0 });
/** How a source is: what starts a flow of the live release from outside, by asking or by listening. */
export const sourceStates = ['waiting', 'connecting', 'connected', 'failed'] as const;

const sourceInfo = exact({
  flow: id,
  type: Type.String(),
  /** `waiting`: no process keeps it yet. */
  state: oneOf(sourceStates),
  /** When it became so, milliseconds since 1970. */
  since: millis,
  /** Why it failed the last time. */
  error: Type.Optional(runError),
  /** When a failed one is tried again. */
  retryAt: Type.Union([millis, Type.Null()]),
  /** Where it stands, in words. */
  position: Type.Optional(Type.String()),
  /** How many it has brought. */
  events: Type.Integer({ minimum: 0 }),
  lastEventAt: Type.Union([millis, Type.Null()]),
});
/** See {@link sourceInfo}. */
export type FlowSourceInfo = Static<typeof sourceInfo>;

/** What starts flows from outside: how it is, and what waits there. */
export const flowSourceRoutes = {
  sources: defineRoute({
    id: 'flow-sources.list',
    method: 'GET',
    path: '/api/apps/:appId/flow-sources',
    summary: 'How the triggers are that listen or ask for the flows of the live release: state, last error, position.',
    access: { kind: 'app', action: 'flow.read' },
    params: exact({ appId: id }),
    response: exact({ sources: Type.Array(sourceInfo) }),
  }),
  tryTrigger: defineRoute({
    id: 'draft.try-trigger',
    method: 'POST',
    path: '/api/apps/:appId/draft/flows/:flow/try-trigger',
    summary:
      'Looks what would start a flow of the draft now, in development: the newest there is, or what waits. Nothing is taken away.',
    access: { kind: 'app', action: 'app.edit' },
    params: exact({ appId: id, flow: id }),
    response: exact({
      /** What the flow would get as `trigger`; absent when there is nothing. */
      trigger: Type.Optional(json),
    }),
  }),
} as const;
