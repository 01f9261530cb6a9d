import type { CallName, FromFrame, ToFrame } from '../frame/protocol.ts';
import { receivedError } from '../frame/sent-error.ts';

/** The component's end of the channel to the app. */
export interface Link {
  send(message: FromFrame): void;
  /** Asks the app to do something; rejects with an `AppError`. */
  ask(name: CallName, ...input: readonly unknown[]): Promise<unknown>;
  /** Calls back with what the app says, but answers. Answers how to stop. */
  listen(listener: (message: ToFrame) => void): () => void;
}

/** Makes a link of a port. */
export function createLink(port: MessagePort): Link {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  const listeners = new Set<(message: ToFrame) => void>();
  let calls = 0;
  const send = (message: FromFrame): void => {
    try {
      port.postMessage(message);
    } catch {
      port.postMessage(JSON.parse(JSON.stringify(message)));
    }
  };
  port.onmessage = ({ data }: MessageEvent<ToFrame>) => {
    if (data.kind !== 'answer') {
      for (const listener of listeners) listener(data);
      return;
    }
    const call = waiting.get(data.call);
    waiting.delete(data.call);
    if (data.ok) call?.resolve(data.value);
    else call?.reject(receivedError(data.error));
  };
  return {
    send,
    ask: (name, ...input) =>
      new Promise((resolve, reject) => {
        calls += 1;
        waiting.set(calls, { resolve, reject });
        send({ kind: 'call', call: calls, name, input });
      }),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
