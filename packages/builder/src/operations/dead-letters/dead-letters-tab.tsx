import { useState } from 'react';
import { Button, Group, Select, Skeleton, Stack, Text } from '@mantine/core';
import { IconMailbox, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useSearchParams } from 'wouter';
import { EmptyState } from '../../shell/empty-state.tsx';
import { ErrorState } from '../../shell/error-state.tsx';
import { titleOfFlow, useFlowHealth } from '../use-operations.ts';
import { DiscardDialog } from './discard-dialog.tsx';
import { LetterList } from './letter-list.tsx';
import { StartAgainDialog } from './start-again-dialog.tsx';
import { useDeadLetters, type LetterChoice } from './use-dead-letters.ts';

/** Runs of the published app that failed for good: start them again, or take them off the list. */
export function DeadLettersTab({ appId }: { readonly appId: string }) {
  const [search, setSearch] = useSearchParams();
  const flow = search.get('flow') ?? undefined;
  const found = useDeadLetters(appId, flow);
  const flows = useFlowHealth(appId, 'day').data?.flows;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [starting, setStarting] = useState<LetterChoice>();
  const [discarding, setDiscarding] = useState<LetterChoice>();
  const letters = found.data?.pages.flatMap((page) => page.letters) ?? [];
  const counts = found.data?.pages[0]?.counts ?? [];
  const total = counts
    .filter((one) => flow === undefined || one.flow === flow)
    .reduce((sum, { count }) => sum + count, 0);
  const picked = letters.filter(({ id }) => chosen.includes(id)).map(({ id }) => id);
  const choice: LetterChoice =
    picked.length > 0
      ? { count: picked.length, body: { runs: picked, until: found.dataUpdatedAt } }
      : { count: total, body: { ...(flow === undefined ? {} : { flow }), until: found.dataUpdatedAt } };
  const done = (): void => setChosen([]);

  if (found.isPending) return <Skeleton height={240} aria-busy="true" />;
  if (found.isError && letters.length === 0)
    return (
      <ErrorState error={found.error} title="The dead letters could not be read" onRetry={() => void found.refetch()} />
    );
  const isNone = letters.length === 0 && flow === undefined;
  const words = picked.length > 0 ? `${picked.length} chosen` : `All ${total.toLocaleString()}`;
  return (
    <Stack gap="sm">
      {isNone ? (
        <EmptyState
          icon={<IconMailbox size={20} />}
          title="No dead letters"
          text="A run of the published app that fails for good is kept here until somebody starts it again or discards it, so that nothing gets lost."
        />
      ) : (
        <>
          <Group justify="space-between" gap="xs">
            <Select
              aria-label="Flow"
              w={260}
              clearable
              placeholder={`All flows (${counts.reduce((sum, { count }) => sum + count, 0)})`}
              data={counts.map((one) => ({
                value: one.flow,
                label: `${titleOfFlow(flows, one.flow)} (${one.count})`,
              }))}
              value={flow ?? null}
              onChange={(value) => {
                setChosen([]);
                setSearch(value === null ? {} : { flow: value }, { replace: true });
              }}
            />
            <Group gap="xs">
              <Text size="sm" c="dimmed" role="status">
                {words}
              </Text>
              <Button
                leftSection={<IconPlayerPlay size={14} />}
                disabled={choice.count === 0}
                onClick={() => setStarting(choice)}
              >
                Start again
              </Button>
              <Button
                variant="default"
                leftSection={<IconTrash size={14} />}
                disabled={choice.count === 0}
                onClick={() => setDiscarding(choice)}
              >
                Discard
              </Button>
            </Group>
          </Group>
          {letters.length === 0 ? (
            <Text size="sm" c="dimmed">
              This flow has no dead letters.
            </Text>
          ) : (
            <LetterList appId={appId} letters={letters} flows={flows} chosen={picked} onChoose={setChosen} />
          )}
          {found.hasNextPage && (
            <Group justify="center">
              <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                Show more
              </Button>
            </Group>
          )}
        </>
      )}
      <StartAgainDialog appId={appId} choice={starting} onClose={() => setStarting(undefined)} onDone={done} />
      <DiscardDialog appId={appId} choice={discarding} onClose={() => setDiscarding(undefined)} onDone={done} />
    </Stack>
  );
}
