/** The closed family of errors. Each maps to one HTTP status in {@link httpStatusOf}. */
export type ErrorKind =
  | 'input'
  | 'not-authenticated'
  | 'not-allowed'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'too-many'
  | 'timeout'
  | 'upstream'
  | 'unavailable'
  | 'bug';

/** One place in the input that is wrong. `path` is a JSON pointer such as `/screens/scr_1/route`. */
export interface Problem {
  readonly path: string;
  readonly message: string;
  readonly code?: string;
}

/** What an {@link AppError} is made of. */
export interface AppErrorOptions {
  /** Stable machine name, e.g. `app.revision-stale`. */
  readonly code: string;
  /** What happened, for a person. Never holds a secret. */
  readonly message: string;
  /** The next step a person can take. */
  readonly hint?: string;
  /** JSON facts that the caller may act on. Sent to clients: never holds a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly problems?: readonly Problem[];
  /** The error below this one: logged, never sent. */
  readonly cause?: unknown;
}

/** The only error class that crosses a package boundary on purpose. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  readonly problems: readonly Problem[] | undefined;

  constructor(kind: ErrorKind, options: AppErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.kind = kind;
    this.code = options.code;
    this.hint = options.hint;
    this.details = options.details;
    this.problems = options.problems;
  }
}

/** The caller sent something wrong (400). */
export const inputError = (options: AppErrorOptions): AppError => new AppError('input', options);
/** Nobody is signed in (401). */
export const notAuthenticated = (options: AppErrorOptions): AppError => new AppError('not-authenticated', options);
/** The actor may not do this (403). */
export const notAllowed = (options: AppErrorOptions): AppError => new AppError('not-allowed', options);
/** It does not exist, or the actor may not know that it does (404). */
export const notFound = (options: AppErrorOptions): AppError => new AppError('not-found', options);
/** The state has moved on since the caller looked (409). */
export const conflict = (options: AppErrorOptions): AppError => new AppError('conflict', options);
/** A system behind us failed (502). */
export const upstreamError = (options: AppErrorOptions): AppError => new AppError('upstream', options);
/** An operation ran out of time and was cancelled (504). */
export const timeoutError = (options: AppErrorOptions): AppError => new AppError('timeout', options);
/** A broken invariant of ours (500). */
export const bug = (message: string, cause?: unknown): AppError => new AppError('bug', { code: 'bug', message, cause });

/** HTTP status of each kind of error: the one table. */
export const httpStatusOf: Readonly<Record<ErrorKind, number>> = {
  input: 400,
  'not-authenticated': 401,
  'not-allowed': 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'too-many': 429,
  bug: 500,
  upstream: 502,
  unavailable: 503,
  timeout: 504,
};

/** An error as it is sent over HTTP: RFC 9457 problem details with our `code`, `hint` and `problems`. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly code: string;
  readonly hint?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly problems?: readonly Problem[];
  readonly requestId?: string;
}

const titles: Readonly<Record<ErrorKind, string>> = {
  input: 'Invalid input',
  'not-authenticated': 'Sign in first',
  'not-allowed': 'Not allowed',
  'not-found': 'Not found',
  conflict: 'Conflict',
  'too-large': 'Too large',
  'too-many': 'Too many requests',
  bug: 'Something went wrong',
  upstream: 'A connected system failed',
  unavailable: 'Not available right now',
  timeout: 'Timed out',
};

/** Turns any thrown value into problem details. What is not an {@link AppError} says nothing of itself. */
export function toProblemDetails(error: unknown, requestId?: string): ProblemDetails {
  const known = error instanceof AppError && error.kind !== 'bug' ? error : undefined;
  const kind = known?.kind ?? 'bug';
  return {
    type: 'about:blank',
    title: titles[kind],
    status: httpStatusOf[kind],
    detail: known?.message ?? 'The server could not finish this request. The log has the details.',
    code: known?.code ?? 'bug',
    ...(known?.hint === undefined ? {} : { hint: known.hint }),
    ...(known?.details === undefined ? {} : { details: known.details }),
    ...(known?.problems === undefined ? {} : { problems: known.problems }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** Marks the branch that the types say cannot be reached. */
export function assertNever(value: never): never {
  throw bug(`Unexpected value: ${JSON.stringify(value)}`);
}
