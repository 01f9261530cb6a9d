import { Button, Text } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlay } from '@tabler/icons-react';
import type { FlowPause } from '@fettle/contract';
import { relativeTime } from '@fettle/runtime';
import { usePauses, usePausing } from './use-pauses.ts';
import styles from './pause.module.css';

/** Says above a flow that it is paused, and by whom, and lets it go. Nothing when it is not. */
export function PauseBanner({ flow }: { readonly flow: string }) {
  const pauses = usePauses(flow);
  return pauses.map((pause) => <Banner key={pause.environment} pause={pause} />);
}

function Banner({ pause }: { readonly pause: FlowPause }) {
  const { resume } = usePausing(pause.flow);
  const since = new Date(pause.pausedAt);
  return (
    <div className={styles['banner']} role="status">
      <IconPlayerPauseFilled size={16} className={styles['icon']} aria-hidden />
      <div className={styles['words']}>
        <Text size="sm" fw={600}>
          {pause.environment === 'production' ? 'Paused in the live app' : 'Paused in previews and test runs'}
        </Text>
        <Text size="xs" title={since.toLocaleString()}>
          {pause.pausedBy ?? 'Somebody'}, {relativeTime(since.toISOString())}
          {pause.note !== null && ` · “${pause.note}”`}
          {' · '}
          {heldText(pause)}
        </Text>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlayerPlay size={14} />}
        loading={resume.isPending}
        onClick={() => resume.mutate(pause.environment)}
      >
        Resume
      </Button>
    </div>
  );
}

function heldText({ held, refuses }: FlowPause): string {
  const others = refuses ? 'apps and webhooks are refused' : 'new starts wait';
  if (held === 0) return others;
  return `${held === 1 ? 'one start waits' : `${held.toLocaleString()} starts wait`}, ${others}`;
}
