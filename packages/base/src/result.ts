/** The outcome of an operation whose failure is expected: `value` when ok, `error` otherwise. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** Wraps a value as a success. */
export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

/** Wraps an error as a failure. */
export function fail<E>(error: E): Result<never, E> {
  return { ok: false, error };
}
