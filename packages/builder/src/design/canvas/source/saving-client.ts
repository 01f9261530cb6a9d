import type { AppClient } from '@fettle/runtime';
import type { DraftSession } from '../../session/draft-session.ts';

/**
 * A client that lets edits reach the server before it asks for data: the server decides by the draft it knows, and a
 * table that was chosen a moment ago must be known by then.
 */
export function savingClient(client: AppClient, session: DraftSession): AppClient {
  const saved =
    <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (session.hasUnsaved) await session.flush().catch(() => undefined);
      return call(...args);
    };
  return {
    ...client,
    list: saved(client.list),
    read: saved(client.read),
    create: saved(client.create),
    update: saved(client.update),
    delete: saved(client.delete),
    aggregate: saved(client.aggregate),
    runQuery: saved(client.runQuery),
    runEventAction: saved(client.runEventAction),
    startFlow: saved(client.startFlow),
  };
}
