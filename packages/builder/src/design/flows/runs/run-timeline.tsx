import { useState } from 'react';
import { Badge, Group, Text, UnstyledButton } from '@mantine/core';
import { labelFromName } from '@fettle/base';
import type { FlowJournalEntry } from '@fettle/contract';
import { useApp, useDesign } from '../../design-context.ts';
import { prettyValue } from '../../binding/preview-value.ts';
import { EntryDetails } from './entry-details.tsx';
import { RerunDialog, type RerunPlace } from './rerun-dialog.tsx';
import { RunActions } from './run-actions.tsx';
import { RunLinks } from './run-links.tsx';
import { StateMark, stateText } from './state-mark.tsx';
import { durationText, turnOf } from './step-run.ts';
import { isOver, type ShownRun } from './use-runs.ts';
import styles from './runs.module.css';

/** One run from its start to its end: each step on its own line, where it stood in time. */
export function RunTimeline({ shown }: { readonly shown: ShownRun }) {
  const { run, entries, hasMore } = shown;
  const [place, setPlace] = useState<RerunPlace>();
  const flowName = useApp((app) => app.flows[run.flowId]?.name);
  const steps = entries.filter(({ kind }) => kind !== 'result');
  const start = run.startedAt ?? run.createdAt;
  const end = run.finishedAt ?? lastMomentOf(steps, start);
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
        <RunActions run={run} onAgain={() => setPlace({ kind: run.state === 'succeeded' ? 'start' : 'failed' })} />
      </Group>
      <RunLinks run={run} />
      <RerunDialog run={run} place={place} onClose={() => setPlace(undefined)} />
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
          <EntryLine
            key={entry.path}
            entry={entry}
            start={start}
            end={end}
            {...(isOver(run.state) ? { onAgain: () => setPlace({ kind: 'step', entry }) } : {})}
          />
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

/** When something was last heard of a run that is under way. */
function lastMomentOf(steps: readonly FlowJournalEntry[], start: number): number {
  const own = steps.filter(({ reusedFrom }) => reusedFrom === undefined);
  return Math.max(start + 1, ...own.map(({ startedAt, finishedAt }) => finishedAt ?? startedAt));
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
  onAgain,
}: {
  readonly entry: FlowJournalEntry;
  readonly start: number;
  readonly end: number;
  readonly onAgain?: () => void;
}) {
  const { view } = useDesign();
  const [isOpen, setIsOpen] = useState(entry.state === 'failed');
  const span = Math.max(1, end - start);
  const from = Math.min(99, Math.max(0, ((entry.startedAt - start) / span) * 100));
  const until = entry.finishedAt ?? end;
  const width = Math.max(0.5, Math.min(100 - from, ((until - entry.startedAt) / span) * 100));
  const turn = turnOf(entry.scope);
  const isReused = entry.reusedFrom !== undefined;
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
              {` turn ${turn + 1}`}
            </Text>
          )}
        </Text>
        <span className={styles['track']}>
          {!isReused && (
            <span className={styles['bar']} data-state={entry.state} style={{ left: `${from}%`, width: `${width}%` }} />
          )}
        </span>
        <span className={styles['time']}>{isReused ? 'Reused' : timeText(entry)}</span>
      </UnstyledButton>
      {isOpen && <EntryDetails entry={entry} {...(onAgain === undefined ? {} : { onAgain })} />}
    </li>
  );
}

function timeText({ state, startedAt, finishedAt }: FlowJournalEntry): string {
  return finishedAt === undefined ? stateText(state) : durationText(finishedAt - startedAt);
}
