import { signal, type ReadonlySignal } from '@preact/signals-core';
import { followChanges } from './follow-changes.ts';
import type { InboxClient } from './inbox-client.ts';

/** What one person has not seen yet, as long as a page is open. */
export interface Inbox {
  readonly client: InboxClient;
  readonly unread: ReadonlySignal<number>;
  /** Approvals that wait for them. */
  readonly open: ReadonlySignal<number>;
  /** Rises with every change: lists that are shown are fetched again. */
  readonly changes: ReadonlySignal<number>;
  /** Looks now, for instance after something was done here. */
  refresh(): void;
  /** Begins to follow. Answers how to stop. */
  follow(): () => void;
}

/** What the page itself needs is asked for first. */
const quietMs = 300;

/** Makes the inbox. Nothing is asked for before it is followed. */
export function createInbox(client: InboxClient, follow = followChanges): Inbox {
  const unread = signal(0);
  const open = signal(0);
  const changes = signal(0);
  let asked = 0;
  const count = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    try {
      const now = await client.count();
      if (mine !== asked) return;
      unread.value = now.unread;
      open.value = now.open;
    } catch {
      // The bell keeps what it knew; whoever opens the panel sees what is wrong.
    }
  };
  const refresh = (): void => {
    changes.value = changes.peek() + 1;
    void count();
  };
  return {
    client,
    unread,
    open,
    changes,
    refresh,
    follow() {
      let stop = (): void => undefined;
      const timer = setTimeout(() => {
        void count();
        stop = follow(client.liveUrl, refresh);
      }, quietMs);
      return () => {
        clearTimeout(timer);
        stop();
      };
    },
  };
}
