import type { AppError } from '@fettle/base';
import type { NotificationInfo } from '@fettle/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useSignalValue } from '../render/use-signal-value.ts';
import { toAppError } from '../state/query-store.ts';
import type { Inbox } from './inbox.ts';

interface Listed {
  readonly notifications: readonly NotificationInfo[];
  readonly next: string | undefined;
}

/** The list behind the bell: kept fresh, read page by page. */
export function useNotifications(inbox: Inbox) {
  const [listed, setListed] = useState<Listed>();
  const [error, setError] = useState<AppError>();
  const [isLoadingMore, setLoadingMore] = useState(false);
  const changes = useSignalValue(inbox.changes);
  const ticket = useRef(0);
  const load = useCallback(async (): Promise<void> => {
    ticket.current += 1;
    const mine = ticket.current;
    try {
      const { notifications, next } = await inbox.client.notifications();
      if (mine !== ticket.current) return;
      setListed({ notifications, next });
      setError(undefined);
    } catch (failure) {
      if (mine === ticket.current) setError(toAppError(failure));
    }
  }, [inbox]);
  useEffect(() => void load(), [load, changes]);

  const loadMore = async (): Promise<void> => {
    if (listed?.next === undefined) return;
    setLoadingMore(true);
    try {
      const page = await inbox.client.notifications(listed.next);
      setListed({ notifications: [...listed.notifications, ...page.notifications], next: page.next });
    } catch (failure) {
      setError(toAppError(failure));
    } finally {
      setLoadingMore(false);
    }
  };
  const mark = (isMeant: (notification: NotificationInfo) => boolean): void =>
    setListed(
      (before) =>
        before && {
          ...before,
          notifications: before.notifications.map((one) => (isMeant(one) ? { ...one, isRead: true } : one)),
        },
    );
  const act = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (failure) {
      setError(toAppError(failure));
    }
    inbox.refresh();
  };
  return {
    listed,
    error,
    isLoadingMore,
    load,
    loadMore,
    read: (notification: NotificationInfo): Promise<void> => {
      mark((one) => one.id === notification.id);
      return act(() => inbox.client.read(notification.id));
    },
    readAll: (): Promise<void> => {
      const until = listed?.notifications[0]?.createdAt ?? 0;
      mark(() => true);
      return act(() => inbox.client.readAll(until));
    },
  };
}
