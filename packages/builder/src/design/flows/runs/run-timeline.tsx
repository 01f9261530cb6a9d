import { useState } from 'react';
import { Badge, Button, Group, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { labelFromName } from '@fettle/base';
import { routes, type FlowJournalEntry } from '@fettle/contract';
import { useClient } from '../../../api/client.ts';
import { notifyError } from '../../../shell/notify.ts';
import { useApp, useDesign } from '../../design-context.ts';
import { prettyValue } from '../../binding/preview-value.ts';
import { MakeTestButton } from '../tests/make-test-button.tsx';
import { EntryDetails } from './entry-details.tsx';
import { StateMark, stateText } from './state-mark.tsx';
import { durationText } from './step-run.ts';
import { isOver, type ShownRun } from './use-runs.ts';
import styles from './runs.module.css';

/** One run from its start to its end: each step on its own line, where it stood in time. */
export function RunTimeline({ shown }: { readonly shown: ShownRun }) {
  const { run, entries, hasMore } = shown;
  const flowName = useApp((app) => app.flows[run.flowId]?.name);
  const steps = entries.filter(({ kind }) => kind !== 'result');
  const start = run.startedAt ?? run.createdAt;
  const end =
    run.finishedAt ?? Math.max(start + 1, ...steps.map(({ startedAt, finishedAt }) => finishedAt ?? startedAt));
  return (
    <>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Group gap={8}>
            <StateMark state={run.state} />
            <Text size="sm" fw={600}>
              {stateText(run.state)}
            </Text>
            {run.isDryRun && (
              <Badge size="sm" color="yellow">
                Dry run
              </Badge>
            )}
            {run.environment === 'production' && <Badge size="sm">Live</Badge>}
          </Group>
          <Text size="xs" c="dimmed" mt={2}>
            {flowName === undefined ? run.flowId : labelFromName(flowName)} · {new Date(run.createdAt).toLocaleString()}{' '}
            · {durationText((run.finishedAt ?? end) - start)}
            {run.startedBy !== null && ` · ${run.startedBy}`}
          </Text>
        </div>
        <Group gap={6} wrap="nowrap" style={{ flex: 'none' }}>
          <MakeTestButton run={run} />
          <RunActions shown={shown} />
        </Group>
      </Group>
      {run.isDryRun && isOver(run.state) && (
        <Text size="xs" c="dimmed" mt={6}>
          {dryRunReport(steps)}
        </Text>
      )}
      {run.error !== undefined && (
        <Text size="sm" c="red" mt={6} role="alert">
          {run.error.message} {run.error.hint}
        </Text>
      )}
      <ol className={styles['entries']} aria-label="Steps of the run">
        <FirstLine trigger={run.trigger} />
        {steps.map((entry) => (
          <EntryLine key={entry.path} entry={entry} start={start} end={end} />
        ))}
      </ol>
      {hasMore && (
        <Text size="xs" c="dimmed" mt="xs">
          The journal goes on; its first {entries.length} entries are shown.
        </Text>
      )}
    </>
  );
}

/** What a dry run did and did not do. Steps that wrote have a key of their own in the journal. */
function dryRunReport(steps: readonly FlowJournalEntry[]): string {
  const undone = steps.filter(({ state, idempotencyKey }) => state === 'succeeded' && idempotencyKey !== undefined);
  const shown = steps.filter(({ state }) => state === 'previewed');
  if (undone.length + shown.length === 0) return 'No step would have changed anything.';
  return [
    ...(undone.length === 0 ? [] : [`Written and undone again: ${namesOf(undone)}.`]),
    ...(shown.length === 0 ? [] : [`Shown, not done: ${namesOf(shown)}.`]),
  ].join(' ');
}

const namesOf = (steps: readonly FlowJournalEntry[]): string =>
  [...new Set(steps.map(({ name }) => labelFromName(name)))].join(', ');

function FirstLine({ trigger }: { readonly trigger: unknown }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <li>
      <UnstyledButton className={styles['entry'] ?? ''} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <StateMark state="succeeded" />
        <span>Trigger</span>
        <span />
        <span />
      </UnstyledButton>
      {isOpen && (
        <div className={styles['inside']}>
          <pre className={styles['value']}>{prettyValue(trigger)}</pre>
        </div>
      )}
    </li>
  );
}

function EntryLine({
  entry,
  start,
  end,
}: {
  readonly entry: FlowJournalEntry;
  readonly start: number;
  readonly end: number;
}) {
  const { view } = useDesign();
  const [isOpen, setIsOpen] = useState(entry.state === 'failed');
  const span = Math.max(1, end - start);
  const from = Math.min(99, Math.max(0, ((entry.startedAt - start) / span) * 100));
  const until = entry.finishedAt ?? end;
  const width = Math.max(0.5, Math.min(100 - from, ((until - entry.startedAt) / span) * 100));
  const turn = /#(\d+)\/$/.exec(entry.scope)?.[1];
  const depth = entry.scope.split('/').length - 1;
  return (
    <li>
      <UnstyledButton
        className={styles['entry'] ?? ''}
        aria-expanded={isOpen}
        onClick={() => {
          setIsOpen(!isOpen);
          if (!isOpen) view.selectSteps([entry.stepId]);
        }}
      >
        <StateMark state={entry.state} />
        <Text size="sm" truncate pl={depth * 12}>
          {labelFromName(entry.name)}
          {turn !== undefined && (
            <Text span size="xs" c="dimmed">
              {` turn ${Number(turn) + 1}`}
            </Text>
          )}
        </Text>
        <span className={styles['track']}>
          <span className={styles['bar']} data-state={entry.state} style={{ left: `${from}%`, width: `${width}%` }} />
        </span>
        <span className={styles['time']}>
          {entry.finishedAt === undefined ? stateText(entry.state) : durationText(entry.finishedAt - entry.startedAt)}
        </span>
      </UnstyledButton>
      {isOpen && <EntryDetails entry={entry} />}
    </li>
  );
}

/** Stops what is under way, starts again what is over. */
function RunActions({ shown: { run } }: { readonly shown: ShownRun }) {
  const client = useClient();
  const { appId, view } = useDesign();
  const queries = useQueryClient();
  const params = { appId, run: run.id };
  const cancel = useMutation({
    mutationFn: () => client.call(routes.flows.cancel, { params }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['flow-run', appId, run.id] }),
    onError: (error) => notifyError(error, 'The run was not cancelled'),
  });
  const rerun = useMutation({
    mutationFn: (version: 'same' | 'current') => client.call(routes.flows.rerun, { params, body: { version } }),
    onSuccess: ({ run: id }) => view.setState({ run: id }),
    onError: (error) => notifyError(error, 'The run was not started again'),
  });
  if (!isOver(run.state)) {
    return (
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlayerStop size={14} />}
        loading={cancel.isPending}
        style={{ flex: 'none' }}
        onClick={() => cancel.mutate()}
      >
        Cancel run
      </Button>
    );
  }
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={14} />}
          rightSection={<IconChevronDown size={12} />}
          loading={rerun.isPending}
          style={{ flex: 'none' }}
        >
          Run again
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => rerun.mutate('same')}>As it was then</Menu.Item>
        <Menu.Item onClick={() => rerun.mutate('current')}>With the flow as it is now</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
