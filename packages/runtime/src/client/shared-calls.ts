/** Lets callers that ask for the same thing at the same time share one call. */
export interface SharedCalls {
  /** The call is aborted only when everyone who waits for it has gone. */
  share<T>(key: string, start: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** From now on, callers get a new call: what is on its way may be older than a change. */
  forget(isMeant: (key: string) => boolean): void;
}

interface Call {
  readonly promise: Promise<unknown>;
  readonly controller: AbortController;
  waiting: number;
}

/** Makes an empty set of calls. */
export function createSharedCalls(): SharedCalls {
  const calls = new Map<string, Call>();
  return {
    share<T>(key: string, start: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
      if (signal?.aborted === true) return Promise.reject(aborted());
      let call = calls.get(key);
      if (call === undefined) {
        const controller = new AbortController();
        const created: Call = {
          controller,
          waiting: 0,
          promise: start(controller.signal).finally(() => {
            if (calls.get(key) === created) calls.delete(key);
          }),
        };
        created.promise.catch(() => undefined);
        calls.set(key, created);
        call = created;
      }
      const forgetCall = (): void => {
        if (calls.get(key) === call) calls.delete(key);
      };
      return wait<T>(call, forgetCall, signal);
    },
    forget(isMeant) {
      for (const key of calls.keys()) if (isMeant(key)) calls.delete(key);
    },
  };
}

function wait<T>(call: Call, forget: () => void, signal: AbortSignal | undefined): Promise<T> {
  call.waiting += 1;
  return new Promise<T>((resolve, reject) => {
    const leave = (): void => {
      call.waiting -= 1;
      if (call.waiting === 0) {
        forget();
        call.controller.abort();
      }
      reject(aborted());
    };
    signal?.addEventListener('abort', leave, { once: true });
    const settle =
      <V>(answer: (value: V) => void) =>
      (value: V): void => {
        signal?.removeEventListener('abort', leave);
        answer(value);
      };
    call.promise.then(settle(resolve as (value: unknown) => void), settle(reject));
  });
}

function aborted(): DOMException {
  return new DOMException('The request is no longer needed.', 'AbortError');
}
