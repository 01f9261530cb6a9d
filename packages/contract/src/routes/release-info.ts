import { Type, type Static } from 'typebox';
import { exact, id, instant } from '../schemas.ts';

/** A release as it is answered. */
export const releaseInfo = exact({
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
/** See {@link releaseInfo}. */
export type ReleaseInfo = Static<typeof releaseInfo>;
