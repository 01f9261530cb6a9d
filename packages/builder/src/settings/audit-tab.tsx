import { useState } from 'react';
import { Badge, Button, Group, Skeleton, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconHistory, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { routes, type RouteOutput } from '@fettle/contract';
import { useClient } from '../api/client.ts';
import { matchesSearch } from '../home/matches-search.ts';
import { relativeTime } from '@fettle/runtime';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorState } from '../shell/error-state.tsx';
import { useWorkspace } from '../shell/workspace.tsx';
import styles from './settings.module.css';

type Entry = RouteOutput<typeof routes.workspaces.audit>['entries'][number];

const pageSize = 100;

/** Who did what in the workspace, newest first. */
export function AuditTab() {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  const [search, setSearch] = useState('');
  const log = useInfiniteQuery({
    queryKey: ['audit', workspaceId],
    queryFn: ({ pageParam, signal }) =>
      client.call(routes.workspaces.audit, {
        params: { workspaceId },
        query: { limit: pageSize, ...(pageParam === '' ? {} : { before: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => (page.entries.length < pageSize ? undefined : page.entries.at(-1)?.id),
    staleTime: 0,
  });
  const entries = log.data?.pages.flatMap((page) => page.entries) ?? [];
  const found = entries.filter((entry) =>
    matchesSearch(search, [entry.actor, entry.action, entry.target, JSON.stringify(entry.details)]),
  );
  if (log.isPending) return <Skeleton height={240} />;
  if (log.isError)
    return (
      <ErrorState error={log.error} title="The audit log could not be loaded" onRetry={() => void log.refetch()} />
    );
  if (entries.length === 0) {
    return (
      <EmptyState
        icon={<IconHistory size={20} />}
        title="Nothing yet"
        text="Sign-ins, changes of members, data sources, publishing and refusals are listed here."
      />
    );
  }
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <TextInput
          aria-label="Filter the log"
          placeholder="Person, act or target"
          leftSection={<IconSearch size={14} />}
          value={search}
          w={280}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Text size="xs" c="dimmed" role="status">
          {search === '' ? `${entries.length} loaded` : `${found.length} of ${entries.length} loaded`}
        </Text>
      </Group>
      <div className={styles['table']}>
        <Table verticalSpacing={5} horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>When</Table.Th>
              <Table.Th>Who</Table.Th>
              <Table.Th>What</Table.Th>
              <Table.Th>Target</Table.Th>
              <Table.Th>Details</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.map((entry) => (
              <EntryRow key={entry.id} entry={entry} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {found.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing of what is loaded matches.
        </Text>
      )}
      {log.hasNextPage && (
        <Button
          variant="default"
          style={{ alignSelf: 'center' }}
          loading={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          Load older entries
        </Button>
      )}
    </Stack>
  );
}

function EntryRow({ entry }: { readonly entry: Entry }) {
  const details = entry.details === null || entry.details === undefined ? '' : JSON.stringify(entry.details);
  return (
    <Table.Tr>
      <Table.Td>
        <time dateTime={entry.at} title={new Date(entry.at).toLocaleString()}>
          {relativeTime(entry.at)}
        </time>
      </Table.Td>
      <Table.Td>{entry.actor}</Table.Td>
      <Table.Td>
        <Group gap={6} wrap="nowrap">
          {entry.action}
          {entry.outcome === 'denied' && (
            <Badge variant="light" color="red" size="sm" tt="none">
              refused
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td>
        <Text size="sm" truncate maw={260} title={entry.target}>
          {entry.target}
        </Text>
      </Table.Td>
      <Table.Td>
        <div className={styles['details']} title={details}>
          {details === '{}' ? '' : details}
        </div>
      </Table.Td>
    </Table.Tr>
  );
}
