import { useState } from 'react';
import { Alert, Button, CloseButton, Group, Switch, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { labelFromName } from '@fettle/base';
import { routes, type FlowJournalEntry, type FlowRunDetails } from '@fettle/contract';
import { useClient } from '../../../api/client.ts';
import { ErrorState } from '../../../shell/error-state.tsx';
import { PageLoading } from '../../../shell/page-loading.tsx';
import { prettyValue } from '../../binding/preview-value.ts';
import { useDesign } from '../../design-context.ts';
import { compareRuns, type ComparedStep, type ValueChange } from './compare-runs.ts';
import { readFurther, refreshRun, type ReadPage, type ShownRun } from './journal-pages.ts';
import { StateMark, stateText } from './state-mark.tsx';
import { turnOf } from './step-run.ts';
import { durationText } from '../../../shell/duration-text.ts';
import styles from './runs.module.css';

/** Steps of each run that are compared, in pages of 500. */
const mostPages = 4;

/** Two runs side by side: what became of each step, how long it took, and where what they worked on differs. */
export function RunComparison({ one, other }: { readonly one: string; readonly other: string }) {
  const { view } = useDesign();
  const left = useWholeRun(one);
  const right = useWholeRun(other);
  const [isOnlyDifferent, setIsOnlyDifferent] = useState(false);
  const failed = [left, right].find(({ isError }) => isError);
  if (failed !== undefined)
    return <ErrorState error={failed.error} title="The runs could not be read" onRetry={() => void failed.refetch()} />;
  if (left.data === undefined || right.data === undefined) return <PageLoading />;
  const steps = compareRuns(left.data.entries, right.data.entries);
  const first = steps.findIndex(({ isSame }) => !isSame);
  return (
    <>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600}>
          {first === -1 ? 'Both runs did the same' : `First different at ${titleOf(steps[first] as ComparedStep)}`}
        </Text>
        <Group gap={8} wrap="nowrap">
          <Switch
            size="xs"
            label="Only differences"
            checked={isOnlyDifferent}
            onChange={(event) => setIsOnlyDifferent(event.currentTarget.checked)}
          />
          <CloseButton size="sm" aria-label="Close comparison" onClick={() => view.setState({ compared: undefined })} />
        </Group>
      </Group>
      {(left.data.hasMore || right.data.hasMore) && (
        <Alert color="yellow" mt={6}>
          Of each run the first {(mostPages * 500).toLocaleString()} steps are compared.
        </Alert>
      )}
      <table className={styles['comparison']} aria-label="Steps of both runs">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <RunHead run={left.data.run} />
            <RunHead run={right.data.run} />
          </tr>
        </thead>
        <tbody>
          <TriggerRow one={left.data.run} other={right.data.run} />
          {steps.map((step, index) =>
            isOnlyDifferent && step.isSame ? null : <StepRow key={step.path} step={step} isFirst={index === first} />,
          )}
        </tbody>
      </table>
    </>
  );
}

function useWholeRun(run: string) {
  const client = useClient();
  const { appId } = useDesign();
  return useQuery({
    queryKey: ['compared-run', appId, run],
    queryFn: async ({ signal }): Promise<ShownRun> => {
      const read: ReadPage = (cursor) =>
        client.call(routes.flows.run, {
          params: { appId, run },
          query: { limit: 500, ...(cursor === undefined ? {} : { cursor }) },
          signal,
        });
      let shown = await refreshRun(undefined, read);
      while (shown.hasMore && shown.pages.length < mostPages) shown = await readFurther(shown, read);
      return shown;
    },
    staleTime: 0,
  });
}

function RunHead({ run }: { readonly run: FlowRunDetails }) {
  const { view } = useDesign();
  const took =
    run.finishedAt === null ? stateText(run.state) : durationText(run.finishedAt - (run.startedAt ?? run.createdAt));
  return (
    <th scope="col">
      <Group gap={4}>
        <StateMark state={run.state} />
        <Button
          size="compact-xs"
          variant="subtle"
          title="Show this run"
          onClick={() => view.setState({ run: run.id, compared: undefined })}
        >
          {new Date(run.createdAt).toLocaleString([], { dateStyle: 'short', timeStyle: 'medium' })}
        </Button>
        <span className={styles['time']}>{took}</span>
      </Group>
    </th>
  );
}

function TriggerRow({ one, other }: { readonly one: FlowRunDetails; readonly other: FlowRunDetails }) {
  const changes = compareRuns([{ ...triggerEntry, input: one.trigger }], [{ ...triggerEntry, input: other.trigger }])[0]
    ?.input;
  if (changes === undefined || changes.length === 0) return null;
  return (
    <tr data-different>
      <th scope="row">Trigger</th>
      <td colSpan={2}>
        <Changes title="Input" changes={changes} />
      </td>
    </tr>
  );
}

const triggerEntry: FlowJournalEntry = {
  path: '',
  scope: '',
  stepId: 'trigger',
  name: 'trigger',
  kind: 'trigger',
  state: 'succeeded',
  attempt: 0,
  startedAt: 0,
};

function StepRow({ step, isFirst }: { readonly step: ComparedStep; readonly isFirst: boolean }) {
  const [isOpen, setIsOpen] = useState(isFirst);
  const hasMore = step.input.length + step.output.length > 0;
  return (
    <>
      <tr {...(step.isSame ? {} : { 'data-different': true })} {...(isFirst ? { 'data-first': true } : {})}>
        <th scope="row">
          {hasMore ? (
            <UnstyledButton aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)} className={styles['opens'] ?? ''}>
              {titleOf(step)}
            </UnstyledButton>
          ) : (
            titleOf(step)
          )}
          {!step.isSame && (
            <Text span size="xs" c="dimmed">
              {isFirst ? ' first different' : ' different'}
            </Text>
          )}
        </th>
        <Side entry={step.one} />
        <Side entry={step.other} />
      </tr>
      {isOpen && hasMore && (
        <tr>
          <td />
          <td colSpan={2}>
            <Changes title="Input" changes={step.input} />
            <Changes title="Output" changes={step.output} />
          </td>
        </tr>
      )}
    </>
  );
}

function titleOf({ name, one, other }: ComparedStep): string {
  const turn = turnOf((one ?? other)?.scope ?? '');
  return `${labelFromName(name)}${turn === undefined ? '' : `, turn ${turn + 1}`}`;
}

function Side({ entry }: { readonly entry: FlowJournalEntry | undefined }) {
  if (entry === undefined)
    return (
      <td>
        <Text size="xs" c="dimmed">
          Not reached
        </Text>
      </td>
    );
  return (
    <td>
      <Group gap={6} wrap="nowrap" align="flex-start">
        <StateMark state={entry.state} />
        <span className={styles['time']}>
          {entry.reusedFrom !== undefined
            ? 'Reused'
            : entry.finishedAt === undefined
              ? stateText(entry.state)
              : durationText(entry.finishedAt - entry.startedAt)}
        </span>
        {entry.error !== undefined && (
          <Text size="xs" c="red">
            {entry.error.message}
          </Text>
        )}
      </Group>
    </td>
  );
}

function Changes({ title, changes }: { readonly title: string; readonly changes: readonly ValueChange[] }) {
  if (changes.length === 0) return null;
  return (
    <dl className={styles['changes']} aria-label={`${title} that differs`}>
      {changes.map((change) => (
        <div key={change.path}>
          <dt>
            {title}
            {change.path !== '' && ` · ${change.path}`}
          </dt>
          <dd>{shortValue(change.one)}</dd>
          <dd>{shortValue(change.other)}</dd>
        </div>
      ))}
    </dl>
  );
}

function shortValue(value: unknown): string {
  if (value === undefined) return '(nothing)';
  const text = prettyValue(value);
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}
