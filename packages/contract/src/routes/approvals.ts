import { Type, type Static, type TObject } from 'typebox';
import type { Json } from '@fettle/base';
import type { Parameter } from '@fettle/definition';
import { defineRoute } from '../route.ts';
import { exact, id, oneOf } from '../schemas.ts';
import { appInbox, workspaceInbox, type InboxPlace } from './inbox-places.ts';

const millis = Type.Integer({ minimum: 0 });
const text = Type.String();
const textOrNull = Type.Union([text, Type.Null()]);
const valuesByName = Type.Unsafe<Readonly<Record<string, Json>>>({ type: 'object' });

const approval = exact({
  id,
  app: exact({ id, name: text }),
  /** Of a run of the draft: nothing in production follows from it. */
  isTrial: Type.Boolean(),
  title: text,
  message: textOrNull,
  /** What is to be filled in to approve it. */
  fields: Type.Array(Type.Unsafe<Parameter>({ type: 'object' })),
  /** Who started what it is about; null: nobody in person. */
  requestedBy: textOrNull,
  /** Milliseconds since 1970, like all times here. */
  openedAt: millis,
  deadline: Type.Union([millis, Type.Null()]),
  /** How many levels of those who are asked as well have been asked, as nobody answered in time, and how many there are. */
  escalation: exact({ level: Type.Integer({ minimum: 0 }), of: Type.Integer({ minimum: 0 }) }),
  state: oneOf(['open', 'answered', 'expired', 'cancelled']),
  answer: Type.Union([
    exact({
      approved: Type.Boolean(),
      comment: textOrNull,
      values: valuesByName,
      /** Who answered; null: whoever had a link that names nobody. */
      by: textOrNull,
      at: millis,
    }),
    Type.Null(),
  ]),
});
/** An approval that asks the caller. */
export type ApprovalInfo = Static<typeof approval>;

function approvalsAt<P extends TObject, O extends TObject>({ access, params, one, where, ...place }: InboxPlace<P, O>) {
  return {
    list: defineRoute({
      id: `${place.id}.list`,
      method: 'GET',
      path: `${place.path}/approvals`,
      summary: `Approvals of ${where} that ask the caller, newest first: those that wait, or those that are over.`,
      access,
      params,
      query: exact({
        state: Type.Optional(oneOf(['open', 'past'])),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
        cursor: Type.Optional(Type.String({ maxLength: 200 })),
      }),
      response: exact({ approvals: Type.Array(approval), next: Type.Optional(text) }),
    }),
    count: defineRoute({
      id: `${place.id}.count`,
      method: 'GET',
      path: `${place.path}/approvals/count`,
      summary: `How many approvals of ${where} wait for the caller.`,
      access,
      params,
      response: exact({ open: Type.Integer() }),
    }),
    read: defineRoute({
      id: `${place.id}.read`,
      method: 'GET',
      path: `${place.path}/approvals/:approval`,
      summary: 'One approval that asks the caller, and what has become of it.',
      access,
      params: one,
      response: exact({ approval }),
    }),
    answer: defineRoute({
      id: `${place.id}.answer`,
      method: 'POST',
      path: `${place.path}/approvals/:approval/answer`,
      summary:
        'Answers an approval as the caller, once. Of two who answer at the same time, the second is told who did.',
      access,
      params: one,
      body: exact({
        approved: Type.Boolean(),
        comment: Type.Optional(Type.String({ maxLength: 5000 })),
        values: Type.Optional(Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), { maxProperties: 200 })),
      }),
      response: exact({ approval }),
    }),
  } as const;
}

/** What waits for people: each sees what asks them. */
export const approvalRoutes = {
  inWorkspace: approvalsAt({
    ...workspaceInbox,
    id: 'approvals',
    one: exact({ workspaceId: id, approval: id }),
  }),
  inApp: approvalsAt({ ...appInbox, id: 'app-approvals', one: exact({ app: id, approval: id }) }),
} as const;
