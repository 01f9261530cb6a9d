import { useEffect, useRef, useState } from 'react';
import { Alert, Button, Group, Modal, Progress, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { labelFromName } from '@fettle/base';
import { routes } from '@fettle/contract';
import type { Flow } from '@fettle/definition';
import { useClient } from '../../../api/client.ts';
import { notifyError } from '../../../shell/notify.ts';
import { useDesign } from '../../design-context.ts';
import { retryAll, type RetryProgress } from './retry-all.ts';

const hour = 3_600_000;
const spans = [
  { value: String(hour), label: 'Last hour' },
  { value: String(24 * hour), label: 'Last 24 hours' },
  { value: String(7 * 24 * hour), label: 'Last 7 days' },
  { value: String(30 * 24 * hour), label: 'Last 30 days' },
];

/** Starts failed runs of the flow again, after telling how many there are. */
export function RetryFailedDialog({
  flow,
  isOpen,
  onClose,
}: {
  readonly flow: Flow;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Retry failed runs of ${labelFromName(flow.name)}`} size={480}>
      <RetryForm flow={flow} onClose={onClose} />
    </Modal>
  );
}

function RetryForm({ flow, onClose }: { readonly flow: Flow; readonly onClose: () => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const { appId } = useDesign();
  const [span, setSpan] = useState(String(24 * hour));
  const [environment, setEnvironment] = useState<'production' | 'development'>('production');
  const [from, setFrom] = useState<'failed' | 'start'>('failed');
  const [version, setVersion] = useState<'current' | 'same'>('current');
  const [progress, setProgress] = useState<RetryProgress>();
  const stopping = useRef(new AbortController());
  useEffect(() => () => stopping.current.abort(), []);
  // Runs that fail while the dialog is open are not meant.
  const [openedAt] = useState(() => Date.now());
  const wanted = { flow: flow.id, environment, after: openedAt - Number(span), before: openedAt };
  const failed = useQuery({
    queryKey: ['failed-runs', appId, wanted],
    queryFn: ({ signal }) => client.call(routes.flows.retriable, { params: { appId }, query: wanted, signal }),
    staleTime: 0,
  });
  const count = failed.data?.count ?? 0;
  const isUnderWay = progress !== undefined && !progress.isOver;
  const start = async (): Promise<void> => {
    stopping.current = new AbortController();
    const { signal } = stopping.current;
    try {
      await retryAll({
        most: count,
        onProgress: setProgress,
        signal,
        page: (cursor, limit) =>
          client.call(routes.flows.retryFailed, {
            params: { appId },
            body: {
              ...wanted,
              version,
              fromFailed: from === 'failed',
              limit,
              ...(cursor === undefined ? {} : { cursor }),
            },
            signal,
          }),
      });
    } catch (error) {
      setProgress((before) => before && { ...before, isOver: true });
      if (!signal.aborted) notifyError(error, 'Not all runs were started again');
    }
    void queries.invalidateQueries({ queryKey: ['flow-runs'] });
  };
  if (progress !== undefined) {
    return (
      <Stack gap="md">
        <Text size="sm" role="status">
          {progress.started} of {count} started again
          {progress.refused.length > 0 && `, ${progress.refused.length} refused`}
          {isUnderWay ? '…' : '.'}
        </Text>
        <Progress
          value={count === 0 ? 100 : ((progress.started + progress.refused.length) / count) * 100}
          aria-label="Runs started again"
        />
        {[...new Set(progress.refused.map(({ message, hint }) => `${message} ${hint ?? ''}`))]
          .slice(0, 5)
          .map((text) => (
            <Alert key={text} color="yellow">
              {text}
            </Alert>
          ))}
        <Group justify="flex-end">
          {isUnderWay ? (
            <Button variant="default" onClick={() => stopping.current.abort()}>
              Stop
            </Button>
          ) : (
            <Button onClick={onClose}>Close</Button>
          )}
        </Group>
      </Stack>
    );
  }
  return (
    <Stack gap="md">
      <Select
        label="Failed in the"
        allowDeselect={false}
        data={spans.map(({ value, label }) => ({ value, label: label.toLowerCase() }))}
        value={span}
        onChange={(value) => setSpan(value ?? span)}
        data-autofocus
      />
      <SegmentedControl
        aria-label="Which runs"
        data={[
          { value: 'production', label: 'Live runs' },
          { value: 'development', label: 'Test runs' },
        ]}
        value={environment}
        onChange={(value) => setEnvironment(value as typeof environment)}
      />
      <SegmentedControl
        aria-label="Begin with"
        data={[
          { value: 'failed', label: 'From the step that failed' },
          { value: 'start', label: 'From the first step' },
        ]}
        value={from}
        onChange={(value) => setFrom(value as typeof from)}
      />
      <SegmentedControl
        aria-label="The flow"
        data={[
          { value: 'current', label: 'Flow as it is now' },
          { value: 'same', label: 'Flow as it was then' },
        ]}
        value={version}
        onChange={(value) => setVersion(value as typeof version)}
      />
      <Text size="sm" c="dimmed" role="status">
        {failed.isError
          ? failed.error.message
          : failed.isPending
            ? 'Counting…'
            : count === 0
              ? 'No failed run of this time is left to be started again.'
              : `${failed.data.isMore ? 'More than ' : ''}${count} failed ${count === 1 ? 'run was' : 'runs were'} not started again yet.${
                  failed.data.isMore ? ` The newest ${count} are started.` : ''
                } ${from === 'start' ? 'All their steps are done again.' : 'What came before the failed step is not done again.'}`}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={count === 0} loading={failed.isFetching} onClick={() => void start()}>
          {count === 0 ? 'Start again' : `Start ${count} ${count === 1 ? 'run' : 'runs'} again`}
        </Button>
      </Group>
    </Stack>
  );
}
