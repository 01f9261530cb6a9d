export {
  AppError,
  assertNever,
  bug,
  conflict,
  httpStatusOf,
  inputError,
  notAllowed,
  notAuthenticated,
  notFound,
  timeoutError,
  toProblemDetails,
  upstreamError,
} from './errors.ts';
export type { AppErrorOptions, ErrorKind, Problem, ProblemDetails } from './errors.ts';
export { charsetOf, decodeText, guessText, knownEncoding } from './decode-text.ts';
export { fail, ok } from './result.ts';
export type { Result } from './result.ts';
export { canonicalJson, forbiddenKeys, isJsonObject, jsonEquals } from './json.ts';
export type { Json, JsonObject } from './json.ts';
export { createId, createShortId, randomText } from './ids.ts';
export { systemClock } from './clock.ts';
export type { Clock } from './clock.ts';
export { isName, labelFromName, nameFromLabel, namePattern, slugFromLabel, uniqueName } from './names.ts';
