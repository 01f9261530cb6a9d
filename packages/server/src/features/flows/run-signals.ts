import { EventEmitter } from 'node:events';

/** What this process tells itself about runs, so that nobody waits for the next look at the store. */
export interface RunSignals {
  /** A run can be taken. Called after the transaction that made it so. */
  announce(): void;
  onAnnounced(listener: () => void): () => void;
  /** Somebody wants a run cancelled that may be played in this process. */
  cancel(runId: string): void;
  onCancel(listener: (runId: string) => void): () => void;
  /** A run has ended. */
  ended(runId: string): void;
  /** Resolves when the run ends in this process, or after `ms`. */
  untilEnded(runId: string, ms: number, signal: AbortSignal): Promise<void>;
}

/** Makes the signals of a process. */
export function createRunSignals(): RunSignals {
  const events = new EventEmitter();
  events.setMaxListeners(0);
  return {
    announce: () => void events.emit('announced'),
    onAnnounced(listener) {
      events.on('announced', listener);
      return () => void events.off('announced', listener);
    },
    cancel: (runId) => void events.emit('cancel', runId),
    onCancel(listener) {
      events.on('cancel', listener);
      return () => void events.off('cancel', listener);
    },
    ended: (runId) => void events.emit(`ended ${runId}`),
    untilEnded: (runId, ms, signal) =>
      new Promise((resolve) => {
        const finish = (): void => {
          clearTimeout(timer);
          events.off(`ended ${runId}`, finish);
          signal.removeEventListener('abort', finish);
          resolve();
        };
        const timer = setTimeout(finish, ms);
        events.once(`ended ${runId}`, finish);
        signal.addEventListener('abort', finish, { once: true });
        if (signal.aborted) finish();
      }),
  };
}
