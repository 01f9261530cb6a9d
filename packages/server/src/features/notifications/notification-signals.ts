import { EventEmitter } from 'node:events';

/** How this process learns that somebody's notifications changed, from itself and from others. */
export interface NotificationSignals {
  /** Called after the transaction that changed them. */
  changed(userIds: readonly string[]): void;
  /** Another process said so: user ids joined by commas; nothing: anybody's may have changed. */
  noticed(payload: string | undefined): void;
  onChanged(userId: string, listener: () => void): () => void;
}

/** Makes the signals of a process. */
export function createNotificationSignals(): NotificationSignals {
  const events = new EventEmitter();
  events.setMaxListeners(0);
  const changed = (userIds: readonly string[]): void => userIds.forEach((id) => void events.emit(id));
  return {
    changed,
    noticed: (payload) =>
      changed(payload === undefined || payload === '' ? (events.eventNames() as string[]) : payload.split(',')),
    onChanged(userId, listener) {
      events.on(userId, listener);
      return () => void events.off(userId, listener);
    },
  };
}
