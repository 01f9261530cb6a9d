import { AppError, type ErrorKind } from '@fettle/base';

/** What the process ends with. */
export const exitCodes = {
  done: 0,
  /** It ran, and the answer is no: problems were found, versions differ, tests failed. */
  found: 1,
  usage: 2,
  notAllowed: 3,
  notFound: 4,
  conflict: 5,
  unreachable: 6,
  failed: 7,
  bug: 70,
  interrupted: 130,
} as const;

/** The meaning of each code, for help and documentation. */
export const exitCodeMeanings: Readonly<Record<number, string>> = {
  [exitCodes.done]: 'Done.',
  [exitCodes.found]: 'It ran, and the answer is no: problems were found, versions differ, a check failed.',
  [exitCodes.usage]: 'The command line or what it was given cannot be used.',
  [exitCodes.notAllowed]: 'Not signed in, or not allowed.',
  [exitCodes.notFound]: 'What was named does not exist.',
  [exitCodes.conflict]: 'The other side has moved on: nothing was overwritten.',
  [exitCodes.unreachable]: 'The server cannot be reached or is overloaded. Trying again may help.',
  [exitCodes.failed]: 'It failed on the way: a file, a database, another system.',
  [exitCodes.bug]: 'A mistake in Fettle itself.',
  [exitCodes.interrupted]: 'Interrupted.',
};

const ofKind: Readonly<Record<ErrorKind, number>> = {
  input: exitCodes.usage,
  'not-authenticated': exitCodes.notAllowed,
  'not-allowed': exitCodes.notAllowed,
  'not-found': exitCodes.notFound,
  conflict: exitCodes.conflict,
  'too-large': exitCodes.usage,
  'too-many': exitCodes.unreachable,
  timeout: exitCodes.unreachable,
  upstream: exitCodes.failed,
  unavailable: exitCodes.unreachable,
  bug: exitCodes.bug,
};

/** The exit code of an error. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof AppError)) return exitCodes.bug;
  return error.code.startsWith('file.') || error.code.startsWith('local.') ? exitCodes.failed : ofKind[error.kind];
}
