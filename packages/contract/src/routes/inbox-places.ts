import type { TObject } from 'typebox';
import type { RouteAccess } from '../route.ts';
import { exact, id } from '../schemas.ts';

/** Where a person finds what asks or tells them: the same routes stand in both places. */
export interface InboxPlace<P extends TObject, O extends TObject> {
  /** Prefix of the ids of its routes. */
  readonly id: string;
  readonly path: string;
  readonly access: RouteAccess;
  readonly params: P;
  /** Parameters that name one entry. */
  readonly one: O;
  /** In words. */
  readonly where: string;
}

/** Everything in the workspace. */
export const workspaceInbox = {
  path: '/api/workspaces/:workspaceId',
  access: { kind: 'workspace', action: 'inbox.use' },
  params: exact({ workspaceId: id }),
  where: 'the workspace',
} as const;

/** What is of one running app. */
export const appInbox = {
  path: '/api/run/:app',
  access: { kind: 'release', action: 'inbox.use' },
  params: exact({ app: id }),
  where: 'the app',
} as const;
