import { Alert, Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { useSignalValue } from '../render/use-signal-value.ts';
import { ApprovalCard } from './approval-card.tsx';
import styles from './approvals.module.css';
import type { Inbox } from './inbox.ts';
import { useApprovals } from './use-approvals.ts';

/** Props of {@link ApprovalsView}. */
export interface ApprovalsViewProps {
  readonly inbox: Inbox;
  /** Where approvals of several apps stand together. */
  readonly showsApps?: boolean;
  /** The approval that somebody came for. */
  readonly wanted?: string | undefined;
}

/** What waits for a person, and what became of what they were asked. */
export function ApprovalsView({ inbox, showsApps = false, wanted }: ApprovalsViewProps) {
  const [state, setState] = useState<'open' | 'past'>('open');
  const open = useSignalValue(inbox.open);
  return (
    <div className={styles.view}>
      <div className={styles.head}>
        <h1 className={styles.title}>Approvals</h1>
        <SegmentedControl
          aria-label="Which approvals"
          value={state}
          onChange={(value) => setState(value as 'open' | 'past')}
          data={[
            { value: 'open', label: open === 0 ? 'Waiting' : `Waiting (${open})` },
            { value: 'past', label: 'Done' },
          ]}
        />
      </div>
      <ApprovalList key={state} inbox={inbox} state={state} showsApps={showsApps} wanted={wanted} />
    </div>
  );
}

/** Approvals that wait, or those that are over. */
export function ApprovalList({
  inbox,
  state,
  showsApps = false,
  wanted,
}: ApprovalsViewProps & { readonly state: 'open' | 'past' }) {
  const shown = state === 'open' ? wanted : undefined;
  const { listed, error, isLoadingMore, load, loadMore, answer } = useApprovals(inbox, state, shown);
  const approvals = listed?.approvals ?? [];
  return (
    <div className={styles.list}>
      {error !== undefined && (
        <Alert color="red" title="The approvals could not be fetched" role="alert">
          <p className={styles.message}>
            {error.message} {error.hint}
          </p>
          <Button variant="default" size="xs" onClick={() => void load()}>
            Try again
          </Button>
        </Alert>
      )}
      {listed === undefined && error === undefined && (
        <div role="status" aria-label="Loading" className={styles.list}>
          <Skeleton height={120} />
          <Skeleton height={120} />
        </div>
      )}
      {listed !== undefined && approvals.length === 0 && (
        <p className={styles.empty}>
          {state === 'open'
            ? 'Nothing waits for you. When a flow needs your answer, it comes here.'
            : 'Nothing yet. What you were asked is kept here, with its answer.'}
        </p>
      )}
      {approvals.map((approval, index) => (
        <ApprovalCard
          key={approval.id}
          approval={approval}
          showsApp={showsApps}
          isOpenAtFirst={wanted === undefined ? index === 0 : approval.id === wanted}
          onAnswer={(given) => answer(approval.id, given)}
        />
      ))}
      {listed?.next !== undefined && (
        <div>
          <Button variant="default" loading={isLoadingMore} onClick={() => void loadMore()}>
            Show older ones
          </Button>
        </div>
      )}
    </div>
  );
}
