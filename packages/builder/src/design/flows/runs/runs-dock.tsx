import { useState } from 'react';
import { Button, CloseButton, Group, Select, Text, UnstyledButton } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { labelFromName } from '@fettle/base';
import { runStates, type FlowRunHead } from '@fettle/contract';
import type { Flow } from '@fettle/definition';
import { relativeTime } from '@fettle/runtime';
import { EmptyState } from '../../../shell/empty-state.tsx';
import { ErrorState } from '../../../shell/error-state.tsx';
import { PageLoading } from '../../../shell/page-loading.tsx';
import { useApp, useDesign, useView } from '../../design-context.ts';
import { DockHandle } from '../../dock/dock-handle.tsx';
import { useDockHeight } from '../../dock/use-dock-height.ts';
import { PauseBanner } from '../pause/pause-banner.tsx';
import { RunTimeline } from './run-timeline.tsx';
import { StateMark, stateText } from './state-mark.tsx';
import { durationText } from './step-run.ts';
import { useRun, useRuns, useRunsRefresh, type RunsFilter } from './use-runs.ts';
import dockStyles from '../../dock/dock.module.css';
import styles from './runs.module.css';

/** How many runs are listed at first, and how many come with each "Show more". */
const pageSize = 50;

/** The runs of the flow below its canvas: a list that keeps up, and one of them from start to end. */
export function RunsDock({ flow }: { readonly flow: Flow }) {
  const { view } = useDesign();
  const [height, setHeight] = useDockHeight();
  const runId = useView((state) => state.run);
  const shown = useRun(runId, true);
  useRunsRefresh(shown.data);
  return (
    <section className={dockStyles['dock']} style={{ height }} aria-label="Runs">
      <DockHandle height={height} onChange={setHeight} label="Height of the runs" />
      <Group className={dockStyles['bar'] ?? ''} justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600}>
          Runs
        </Text>
        <CloseButton
          size="sm"
          aria-label="Close runs"
          onClick={() => view.setState({ isRunsOpen: false, run: undefined })}
        />
      </Group>
      <PauseBanner flow={flow.id} />
      <div className={styles['columns']}>
        <RunList flow={flow} />
        <div className={styles['detail']}>
          {runId === undefined ? (
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

function RunList({ flow }: { readonly flow: Flow }) {
  const [state, setState] = useState<FlowRunHead['state']>();
  const [isAll, setIsAll] = useState(false);
  const [limit, setLimit] = useState(pageSize);
  const filter: RunsFilter = {
    ...(isAll ? {} : { flow: flow.id }),
    ...(state === undefined ? {} : { state }),
  };
  const runs = useRuns(filter, limit);
  return (
    <div className={styles['side']}>
      <div className={styles['filters']}>
        <Select
          size="xs"
          aria-label="Runs of"
          allowDeselect={false}
          data={[
            { value: 'flow', label: 'This flow' },
            { value: 'app', label: 'All flows' },
          ]}
          value={isAll ? 'app' : 'flow'}
          onChange={(value) => setIsAll(value === 'app')}
        />
        <Select
          size="xs"
          aria-label="State"
          placeholder="Any state"
          clearable
          data={runStates.map((one) => ({ value: one, label: stateText(one) }))}
          value={state ?? null}
          onChange={(value) => setState((value ?? undefined) as FlowRunHead['state'] | undefined)}
        />
      </div>
      {runs.isError && (
        <ErrorState error={runs.error} title="The runs could not be listed" onRetry={() => void runs.refetch()} />
      )}
      {runs.data?.runs.length === 0 && (
        <Text size="sm" c="dimmed" px="sm" py="xs">
          {state === undefined ? 'It has not run yet.' : 'There is none.'}
        </Text>
      )}
      <ul className={styles['list']} aria-label="Runs, newest first">
        {runs.data?.runs.map((run) => (
          <RunRow key={run.id} run={run} isNamed={isAll} />
        ))}
        {runs.data?.next !== undefined && limit < 200 && (
          <li>
            <Button size="compact-xs" variant="subtle" onClick={() => setLimit(Math.min(200, limit + pageSize))}>
              Show more
            </Button>
          </li>
        )}
      </ul>
    </div>
  );
}

/** What a run is doing that has not ended; of one that its flow's limit keeps, until when. */
function waitText({ state, heldUntil }: FlowRunHead): string {
  if (state !== 'held') return stateText(state);
  if (heldUntil === undefined) return 'Held: the flow is paused';
  return `Waiting for its limit until ${new Date(heldUntil).toLocaleTimeString()}`;
}

function RunRow({ run, isNamed }: { readonly run: FlowRunHead; readonly isNamed: boolean }) {
  const { view } = useDesign();
  const isCurrent = useView((state) => state.run === run.id);
  const name = useApp((app) => app.flows[run.flowId]?.name);
  const isHere = name !== undefined;
  const duration =
    run.finishedAt !== null && run.startedAt !== null ? durationText(run.finishedAt - run.startedAt) : waitText(run);
  return (
    <li>
      <UnstyledButton
        className={styles['item'] ?? ''}
        aria-current={isCurrent}
        onClick={() => {
          if (isHere && view.getState().flow !== run.flowId) view.openFlow(run.flowId);
          view.setState({ run: run.id, isRunsOpen: true });
        }}
      >
        <StateMark state={run.state} />
        <span className={styles['words']}>
          <Text size="sm" component="span" display="block" truncate>
            {isNamed
              ? labelFromName(name ?? 'A flow that is gone')
              : relativeTime(new Date(run.createdAt).toISOString())}
          </Text>
          <Text size="xs" c="dimmed" component="span" display="block" truncate>
            {isNamed && `${relativeTime(new Date(run.createdAt).toISOString())} · `}
            {duration}
            {run.isDryRun && ' · dry run'}
            {run.environment === 'production' && ' · live'}
          </Text>
        </span>
      </UnstyledButton>
    </li>
  );
}
