import type { ErrorKind, Problem } from '@fettle/base';

/**
 * What is worked on outside the server's thread: a stream of parts in, a stream of parts out. Parts are asked for one
 * by one, so that neither side holds more than a few, and the server's thread never copies many at once.
 */
export type OffThreadTask = (options: never, input: AsyncIterable<never>) => AsyncIterable<unknown>;

/** What the thread is started with. */
export interface ThreadStart {
  readonly task: string;
  readonly options: unknown;
}

/** To the thread: the next part is wanted, or here is a part that it asked for. */
export type ToThread =
  | { readonly kind: 'next' }
  | { readonly kind: 'input'; readonly part: unknown }
  | { readonly kind: 'inputEnd' };

/** From the thread. */
export type FromThread =
  | { readonly kind: 'output'; readonly part: unknown }
  | { readonly kind: 'wantsInput' }
  | { readonly kind: 'end' }
  | { readonly kind: 'error'; readonly error: ThreadError };

/** An error on its way between threads, which keep no classes. `known` is an error of ours, told as it is. */
export interface ThreadError {
  readonly known?: {
    readonly kind: ErrorKind;
    readonly code: string;
    readonly message: string;
    readonly hint?: string;
    readonly problems?: readonly Problem[];
  };
  readonly message: string;
}
