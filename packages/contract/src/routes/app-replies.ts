import { Type, type Static } from 'typebox';
import { exact, id, instant } from '../schemas.ts';

/** Rises with every accepted edit of a draft. */
export const revision = Type.Integer({ minimum: 0 });

/** The address of an app, below `/apps/`. */
export const slug = Type.String({ minLength: 1, maxLength: 60, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' });

/** Part of replies: see the routes of apps. */
export const release = exact({
  id,
  number: Type.Integer(),
  hash: Type.String(),
  note: Type.String(),
  publishedAt: instant,
  publishedBy: Type.String(),
  isLive: Type.Boolean(),
  /** The tests of flows when it was published; absent when there were none. */
  tests: Type.Optional(exact({ passed: Type.Integer(), failed: Type.Array(Type.String()) })),
});
/** A release of an app. */
export type ReleaseInfo = Static<typeof release>;

/** Part of replies: see the routes of apps. */
export const app = exact({
  id,
  workspaceId: id,
  slug,
  name: Type.String(),
  icon: Type.Union([Type.String(), Type.Null()]),
  description: Type.String(),
  revision,
  updatedAt: instant,
  updatedBy: Type.String(),
  live: Type.Union([release, Type.Null()]),
  /** The draft differs from the live release. */
  hasChanges: Type.Boolean(),
});
/** An app as builders see it in lists. */
export type AppInfo = Static<typeof app>;

/** Part of replies: see the routes of apps. */
export const appTile = exact({
  id,
  slug,
  name: Type.String(),
  icon: Type.Union([Type.String(), Type.Null()]),
  description: Type.String(),
});
/** Part of replies: see the routes of apps. */
export const appRole = exact({ id: Type.String(), name: Type.String(), isBuiltIn: Type.Boolean() });
const place = exact({
  screen: Type.Optional(Type.String()),
  component: Type.Optional(Type.String()),
  query: Type.Optional(Type.String()),
  flow: Type.Optional(Type.String()),
  /** A step of that flow. */
  step: Type.Optional(Type.String()),
  /** A test of that flow. */
  flowTest: Type.Optional(Type.String()),
  path: Type.String(),
});
/** Part of replies: see the routes of apps. */
export const problem = exact({
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
  code: Type.String(),
  message: Type.String(),
  hint: Type.Optional(Type.String()),
  place,
});
/** Part of replies: see the routes of apps. */
export const change = exact({
  kind: Type.Union([Type.Literal('added'), Type.Literal('removed'), Type.Literal('changed')]),
  /** What changed, e.g. `screen`, `component`, `query`, `theme`. */
  subject: Type.String(),
  name: Type.String(),
  /** In words, e.g. `label: "Save" → "Save changes"`. */
  details: Type.Array(Type.String()),
  screen: Type.Optional(Type.String()),
});
/** One difference between two versions of an app. */
export type AppChange = Static<typeof change>;
