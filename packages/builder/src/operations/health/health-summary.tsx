import type { ReactNode } from 'react';
import { Text } from '@mantine/core';
import type { FlowHealth } from '@fettle/contract';
import { endedOf, failureText, totalsOf, underWayText } from './health-numbers.ts';
import styles from '../operations.module.css';

/** The flows of an app taken together, in four figures. */
export function HealthSummary({ health }: { readonly health: FlowHealth }) {
  const totals = totalsOf(health);
  const oldest = Math.min(...health.flows.map(({ oldestQueuedAt }) => oldestQueuedAt ?? Number.POSITIVE_INFINITY));
  const failed = failureText(totals);
  return (
    <dl className={styles['figures']} aria-label="All flows">
      <Figure label="Runs that ended" value={endedOf(totals).toLocaleString()} note={endedNote(totals)} />
      <Figure
        label="Failed"
        value={failed ?? '–'}
        note={`${totals.failed.toLocaleString()} ${totals.failed === 1 ? 'run' : 'runs'}`}
        isBad={totals.failed > 0}
      />
      <Figure
        label="Under way"
        value={(totals.queued + totals.running + totals.waiting + totals.held).toLocaleString()}
        note={
          Number.isFinite(oldest)
            ? `${underWayText(totals) ?? ''}; queued since ${new Date(oldest).toLocaleTimeString()}`
            : (underWayText(totals) ?? 'nothing waits')
        }
      />
      <Figure
        label="Dead letters"
        value={totals.deadLetters.toLocaleString()}
        note={totals.deadLetters === 0 ? 'nothing to see to' : 'to be seen to'}
        isBad={totals.deadLetters > 0}
      />
    </dl>
  );
}

function endedNote({ succeeded, cancelled }: { readonly succeeded: number; readonly cancelled: number }): string {
  const good = `${succeeded.toLocaleString()} succeeded`;
  return cancelled === 0 ? good : `${good}, ${cancelled.toLocaleString()} cancelled`;
}

function Figure(props: {
  readonly label: string;
  readonly value: ReactNode;
  readonly note: string;
  readonly isBad?: boolean;
}) {
  return (
    <div className={styles['figure']}>
      <Text component="dt" size="xs" c="dimmed">
        {props.label}
      </Text>
      <dd data-tone={props.isBad === true ? 'bad' : undefined}>{props.value}</dd>
      <Text component="dd" size="xs" c="dimmed">
        {props.note}
      </Text>
    </div>
  );
}
