import { useState } from 'react';
import { Button, CloseButton, Group, Text } from '@mantine/core';
import { IconHistory, IconRefresh } from '@tabler/icons-react';
import type { Flow } from '@fettle/definition';
import { EmptyState } from '../../../shell/empty-state.tsx';
import { ErrorState } from '../../../shell/error-state.tsx';
import { PageLoading } from '../../../shell/page-loading.tsx';
import { useDesign, useView } from '../../design-context.ts';
import { DockHandle } from '../../dock/dock-handle.tsx';
import { useDockHeight } from '../../dock/use-dock-height.ts';
import { RetryFailedDialog } from './retry-failed-dialog.tsx';
import { RunComparison } from './run-comparison.tsx';
import { RunList } from './run-list.tsx';
import { RunTimeline } from './run-timeline.tsx';
import { useRun, useRunsRefresh } from './use-runs.ts';
import dockStyles from '../../dock/dock.module.css';
import styles from './runs.module.css';

/** The runs of the flow below its canvas: a list that keeps up, and one of them from start to end. */
export function RunsDock({ flow }: { readonly flow: Flow }) {
  const { view } = useDesign();
  const [height, setHeight] = useDockHeight();
  const runId = useView((state) => state.run);
  const [isRetrying, setIsRetrying] = useState(false);
  const compared = useView((state) => state.compared);
  const shown = useRun(runId, true);
  useRunsRefresh(shown.data);
  return (
    <section className={dockStyles['dock']} style={{ height }} aria-label="Runs">
      <DockHandle height={height} onChange={setHeight} label="Height of the runs" />
      <Group className={dockStyles['bar'] ?? ''} justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600}>
          Runs
        </Text>
        <Group gap={4} wrap="nowrap">
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconRefresh size={13} />}
            onClick={() => setIsRetrying(true)}
          >
            Retry failed
          </Button>
          <CloseButton
            size="sm"
            aria-label="Close runs"
            onClick={() => view.setState({ isRunsOpen: false, run: undefined, compared: undefined, runsFilter: {} })}
          />
        </Group>
      </Group>
      <RetryFailedDialog flow={flow} isOpen={isRetrying} onClose={() => setIsRetrying(false)} />
      <div className={styles['columns']}>
        <RunList flow={flow} />
        <div className={styles['detail']}>
          {runId !== undefined && compared !== undefined ? (
            <RunComparison key={`${runId} ${compared}`} one={runId} other={compared} />
          ) : runId === undefined ? (
            <EmptyState
              icon={<IconHistory size={20} />}
              title="Choose a run"
              text="Its steps are shown here and on the canvas: what each was given, what came of it, and how long it took."
            />
          ) : shown.isError ? (
            <ErrorState error={shown.error} title="The run could not be read" onRetry={() => void shown.refetch()} />
          ) : shown.data === undefined ? (
            <PageLoading />
          ) : (
            <RunTimeline key={runId} shown={shown.data} />
          )}
        </div>
      </div>
    </section>
  );
}
