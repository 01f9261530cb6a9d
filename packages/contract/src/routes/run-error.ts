import { Type } from 'typebox';
import type { Json } from '@fettle/base';
import { exact } from '../schemas.ts';

const json = Type.Unsafe<Json>({});

/** Why a run or a step of it failed. */
export const runError = exact({
  code: Type.String(),
  message: Type.String(),
  hint: Type.Optional(Type.String()),
  step: Type.Optional(Type.String()),
  details: Type.Optional(json),
});
