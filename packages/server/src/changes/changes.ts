import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';
import { noticeChange } from './changes.store.ts';

/**
 * What may have changed, by the id of it: an app (its draft, its release, whether it is there), the members of an app, a
 * person (who they are, what they may do), a session, API keys (all of them: the id is empty), a data source.
 */
export type ChangeKind = 'app' | 'app-members' | 'user' | 'session' | 'api-keys' | 'data-source';

/**
 * Tells what is held in memory, in every process, that it is to be looked up again. Whoever holds something lets go of it
 * before `tell` returns; other processes hear of it within milliseconds. One that does not, because its connection is
 * gone, holds nothing for longer than its own maximum, which is why every cache has one.
 */
export interface Changes {
  /** Call it after the transaction. */
  tell(kind: ChangeKind, id: string): void;
  on(kind: ChangeKind, changed: (id: string) => void): void;
  /** Another process told of it. */
  noticed(payload: string | undefined): void;
}

/** Makes the changes of a process. */
export function createChanges({ database, log }: { readonly database: Database; readonly log: Log }): Changes {
  const listeners = new Map<string, ((id: string) => void)[]>();
  const here = (kind: string, id: string): void => listeners.get(kind)?.forEach((changed) => changed(id));
  return {
    tell(kind, id) {
      here(kind, id);
      if (database.kind !== 'postgres') return;
      noticeChange(database.knex, `${kind} ${id}`).catch((error: unknown) =>
        log.warn({ err: error, kind, id }, 'Other processes hear of a change later'),
      );
    },
    on: (kind, changed) => void listeners.set(kind, [...(listeners.get(kind) ?? []), changed]),
    noticed(payload) {
      // Without one the connection is new: what was missed meanwhile has run out of time by itself.
      if (payload === undefined) return;
      const space = payload.indexOf(' ');
      here(payload.slice(0, space), payload.slice(space + 1));
    },
  };
}
