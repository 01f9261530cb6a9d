import { useState } from 'react';
import { Button, Group, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { IconActivity, IconPencil, IconUpload } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { FlowHealth } from '@fettle/contract';
import { EmptyState } from '../../shell/empty-state.tsx';
import { ErrorState } from '../../shell/error-state.tsx';
import { useFlowHealth } from '../use-operations.ts';
import { HealthSummary } from './health-summary.tsx';
import { HealthTable } from './health-table.tsx';

type Period = FlowHealth['period'];

const periods: readonly { readonly value: Period; readonly label: string }[] = [
  { value: 'hour', label: 'Last hour' },
  { value: 'day', label: 'Last day' },
  { value: 'week', label: 'Last week' },
];

/** What ended in a period, how long it took, and what waits: over all flows and for each. */
export function HealthTab({ appId, lettersAddress }: { readonly appId: string; readonly lettersAddress: string }) {
  const [period, setPeriod] = useState<Period>('day');
  const health = useFlowHealth(appId, period);
  const { data } = health;
  if (health.isError && data === undefined)
    return (
      <ErrorState error={health.error} title="The numbers could not be read" onRetry={() => void health.refetch()} />
    );
  if (data !== undefined && !data.isPublished && data.flows.length === 0)
    return (
      <EmptyState
        icon={<IconUpload size={20} />}
        title="The app is not published"
        text="Numbers are those of the published app. Once it is live, each run of its flows is counted here."
      >
        <Button component={Link} href={`/edit/${appId}`} leftSection={<IconPencil size={14} />}>
          Edit the app
        </Button>
      </EmptyState>
    );
  if (data?.flows.length === 0)
    return (
      <EmptyState
        icon={<IconActivity size={20} />}
        title="No flows in the published app"
        text="A flow does something when something happens. Add one in the builder and publish the app."
      >
        <Button component={Link} href={`/edit/${appId}`} leftSection={<IconPencil size={14} />}>
          Edit the app
        </Button>
      </EmptyState>
    );
  return (
    <Stack gap="md">
      <Group justify="space-between" gap="xs">
        <SegmentedControl
          aria-label="Period"
          data={[...periods]}
          value={period}
          onChange={(value) => setPeriod(value as Period)}
        />
        {health.isError ? (
          <Text size="xs" c="red" role="status">
            These numbers are old: {health.error.message}
          </Text>
        ) : (
          data !== undefined && (
            <Text size="xs" c="dimmed">
              As of {new Date(data.until).toLocaleTimeString()}
            </Text>
          )
        )}
      </Group>
      {data === undefined ? (
        <Stack gap="md" aria-busy="true">
          <Skeleton height={72} />
          <Skeleton height={220} />
        </Stack>
      ) : (
        <>
          <HealthSummary health={data} />
          <HealthTable appId={appId} health={data} lettersAddress={lettersAddress} />
        </>
      )}
    </Stack>
  );
}
