import { useEffect, useRef, useState } from 'react';
import { Badge, Group, Text, UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { labelFromName } from '@fettle/base';
import type { FlowJournalEntry } from '@fettle/contract';
import { useApp, useDesign } from '../../design-context.ts';
import { prettyValue } from '../../binding/preview-value.ts';
import { MakeTestButton } from '../tests/make-test-button.tsx';
import { EntryDetails } from './entry-details.tsx';
import { RerunDialog, type RerunPlace } from './rerun-dialog.tsx';
import { RunActions } from './run-actions.tsx';
import { RunLinks } from './run-links.tsx';
import { StateMark, stateText } from './state-mark.tsx';
import type { ShownRun } from './journal-pages.ts';
import { barsOf, turnOf } from './step-run.ts';
import { durationText } from '../../../shell/duration-text.ts';
import { isOver, useMoreEntries } from './use-runs.ts';
import styles from './runs.module.css';

/** One run from its start to its end: each step on its own line, where it stood in time. */
export function RunTimeline({ shown }: { readonly shown: ShownRun }) {
  const { run, entries } = shown;
  const [place, setPlace] = useState<RerunPlace>();
  const flowName = useApp((app) => app.flows[run.flowId]?.name);
  const steps = entries.filter(({ kind }) => kind !== 'result');
  const start = run.startedAt ?? run.createdAt;
  const end = run.finishedAt ?? lastMomentOf(steps, start);
  return (
    <>
      <Group justify="space-between" wrap="wrap" gap="xs" align="flex-start">
        <div style={{ flex: '1 1 220px' }}>
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
          <RunActions run={run} onAgain={() => setPlace({ kind: run.state === 'succeeded' ? 'start' : 'failed' })} />
        </Group>
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
      <Entries
        shown={shown}
        steps={steps}
        span={{ start, end }}
        {...(isOver(run.state) ? { onAgain: (entry) => setPlace({ kind: 'step', entry }) } : {})}
      />
    </>
  );
}

/** The steps in time; of long journals what is in sight is drawn, and the next part is read where they end. */
function Entries({
  shown,
  steps,
  span,
  onAgain,
}: {
  readonly shown: ShownRun;
  readonly steps: readonly FlowJournalEntry[];
  readonly span: { readonly start: number; readonly end: number };
  readonly onAgain?: (entry: FlowJournalEntry) => void;
}) {
  const { run, hasMore } = shown;
  const { view } = useDesign();
  const list = useRef<HTMLOListElement>(null);
  const { isReading, readMore } = useMoreEntries(run.id);
  // What failed is open unless somebody closed it; everything else once somebody opened it.
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const isOpen = ({ path, state }: FlowJournalEntry): boolean => (state === 'failed') !== turned.has(path);
  const virtualizer = useVirtualizer({
    count: steps.length + 1,
    getScrollElement: () => list.current?.parentElement ?? null,
    getItemKey: (index) => steps[index - 1]?.path ?? '',
    estimateSize: () => 28,
    scrollMargin: list.current?.offsetTop ?? 0,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const isAtEnd = (items.at(-1)?.index ?? 0) >= steps.length;
  useEffect(() => {
    if (isAtEnd && hasMore && !isReading) readMore();
  }, [isAtEnd, hasMore, isReading, readMore]);
  const toggle = (entry: FlowJournalEntry): void => {
    if (!isOpen(entry)) view.selectSteps([entry.stepId]);
    setTurned((before) => {
      const next = new Set(before);
      if (!next.delete(entry.path)) next.add(entry.path);
      return next;
    });
  };
  return (
    <>
      <ol
        ref={list}
        className={styles['entries']}
        aria-label="Steps of the run"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map(({ index, start, key }) => {
          const entry = steps[index - 1];
          return (
            <li
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              style={{ transform: `translateY(${start - virtualizer.options.scrollMargin}px)` }}
            >
              {entry === undefined ? (
                <FirstLine trigger={run.trigger} />
              ) : (
                <EntryLine
                  entry={entry}
                  runId={run.id}
                  span={span}
                  isOpen={isOpen(entry)}
                  onToggle={() => toggle(entry)}
                  {...(onAgain === undefined ? {} : { onAgain: () => onAgain(entry) })}
                />
              )}
            </li>
          );
        })}
      </ol>
      {hasMore && (
        <Text size="xs" c="dimmed" mt="xs" role="status">
          {isReading ? 'Reading further…' : `${steps.length.toLocaleString()} steps were read so far.`}
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
    <>
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
    </>
  );
}

function EntryLine({
  entry,
  runId,
  span,
  isOpen,
  onToggle,
  onAgain,
}: {
  readonly entry: FlowJournalEntry;
  readonly runId: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onAgain?: () => void;
}) {
  const turn = turnOf(entry.scope);
  const depth = entry.scope.split('/').length - 1;
  return (
    <>
      <UnstyledButton className={styles['entry'] ?? ''} aria-expanded={isOpen} onClick={onToggle}>
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
          {entry.reusedFrom === undefined &&
            barsOf(entry, span).map(({ state, from, width }) => (
              <span
                key={from}
                className={styles['bar']}
                data-state={state}
                style={{ left: `${from}%`, width: `${width}%` }}
              />
            ))}
        </span>
        <span className={styles['time']}>{entry.reusedFrom === undefined ? timeText(entry) : 'Reused'}</span>
      </UnstyledButton>
      {isOpen && <EntryDetails entry={entry} runId={runId} {...(onAgain === undefined ? {} : { onAgain })} />}
    </>
  );
}

function timeText({ state, startedAt, finishedAt }: FlowJournalEntry): string {
  return finishedAt === undefined ? stateText(state) : durationText(finishedAt - startedAt);
}
