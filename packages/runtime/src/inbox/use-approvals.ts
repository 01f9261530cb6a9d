import { AppError } from '@fettle/base';
import type { ApprovalInfo } from '@fettle/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useSignalValue } from '../render/use-signal-value.ts';
import { toAppError } from '../state/query-store.ts';
import type { GivenAnswer } from './answer-form.tsx';
import type { Inbox } from './inbox.ts';

interface Listed {
  readonly approvals: readonly ApprovalInfo[];
  readonly next: string | undefined;
}

/** The approvals of an inbox: kept fresh, read page by page. What was answered here stays in its place, with its answer. */
export function useApprovals(inbox: Inbox, state: 'open' | 'past', wanted: string | undefined) {
  const [listed, setListed] = useState<Listed>();
  const [error, setError] = useState<AppError>();
  const [isLoadingMore, setLoadingMore] = useState(false);
  const changes = useSignalValue(inbox.changes);
  const ticket = useRef(0);
  const load = useCallback(async (): Promise<void> => {
    ticket.current += 1;
    const mine = ticket.current;
    try {
      const { approvals, next } = await inbox.client.approvals(state);
      // Whoever came by a notification finds what it is about, also when it is over by now.
      const isMissing = wanted !== undefined && !approvals.some(({ id }) => id === wanted);
      const extra = isMissing ? await inbox.client.approval(wanted).catch(() => undefined) : undefined;
      if (mine !== ticket.current) return;
      setListed((before) => ({ approvals: withSettled(before?.approvals, approvals, extra), next }));
      setError(undefined);
    } catch (failure) {
      if (mine === ticket.current) setError(toAppError(failure));
    }
  }, [inbox, state, wanted]);
  useEffect(() => void load(), [load, changes]);

  const replace = (approval: ApprovalInfo): void =>
    setListed(
      (before) =>
        before && { ...before, approvals: before.approvals.map((one) => (one.id === approval.id ? approval : one)) },
    );
  return {
    listed,
    error,
    isLoadingMore,
    load,
    async loadMore(): Promise<void> {
      if (listed?.next === undefined) return;
      setLoadingMore(true);
      try {
        const page = await inbox.client.approvals(state, listed.next);
        setListed({ approvals: [...listed.approvals, ...page.approvals], next: page.next });
      } catch (failure) {
        setError(toAppError(failure));
      } finally {
        setLoadingMore(false);
      }
    },
    /** Rejects when the answer was not taken and may be given again. */
    async answer(id: string, given: GivenAnswer): Promise<void> {
      try {
        replace(await inbox.client.answer(id, given));
      } catch (failure) {
        if (!(failure instanceof AppError) || failure.kind !== 'conflict') throw failure;
        // Somebody was faster, or its time is over: its card says which.
        replace(await inbox.client.approval(id));
      } finally {
        inbox.refresh();
      }
    },
  };
}

function withSettled(
  before: readonly ApprovalInfo[] | undefined,
  now: readonly ApprovalInfo[],
  extra: ApprovalInfo | undefined,
): readonly ApprovalInfo[] {
  const known = new Set(now.map(({ id }) => id));
  const kept = (before ?? []).filter(({ id, state }) => state !== 'open' && !known.has(id) && id !== extra?.id);
  return [...(extra === undefined ? [] : [extra]), ...kept, ...now];
}
