import { useState } from 'react';
import { Alert, Button, Checkbox, Group, List, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { routes, type DataSourceInfo } from '@fettle/contract';
import { useClient } from '../../api/client.ts';
import { ErrorState } from '../../shell/error-state.tsx';
import { notifyError, notifySuccess } from '../../shell/notify.ts';
import { useWorkspace } from '../../shell/workspace.tsx';
import { useDataPaths } from '../data-paths.ts';

/** Deleting a data source: names the apps that use it, and what goes with it. */
export function DeleteSourceDialog(props: {
  readonly source: DataSourceInfo;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title={`Delete ${props.source.name}?`} centered>
      <DeleteForm source={props.source} onClose={props.onClose} />
    </Modal>
  );
}

function DeleteForm({ source, onClose }: { readonly source: DataSourceInfo; readonly onClose: () => void }) {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  const params = { workspaceId, dataSource: source.id };
  const [name, setName] = useState('');
  const [isForced, setIsForced] = useState(false);
  const usage = useQuery({
    queryKey: ['data-source-usage', workspaceId, source.id],
    queryFn: ({ signal }) => client.call(routes.dataSources.usage, { params, signal }),
    staleTime: 0,
  });
  const removal = useDelete(source, onClose);
  if (usage.isPending) return <Skeleton height={120} />;
  if (usage.isError) return <ErrorState error={usage.error} onRetry={() => void usage.refetch()} />;
  const { apps } = usage.data;
  const isUsed = apps.length > 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        removal.mutate(isUsed);
      }}
    >
      <Stack gap="sm">
        <Text size="sm">
          {source.kind === 'external'
            ? 'Its settings, secrets and known structure go. The database itself is not touched.'
            : 'All its tables and rows go with it. This cannot be undone.'}
        </Text>
        {isUsed && (
          <Alert color="red" variant="light" icon={<IconAlertTriangle size={16} />} title="Apps that stop working">
            <List size="sm">
              {apps.map((app) => (
                <List.Item key={app.id}>
                  {app.name}
                  {app.tables.length > 0 && ` (${app.tables.join(', ')})`}
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
        {isUsed && (
          <Checkbox
            label="Delete it anyway"
            checked={isForced}
            onChange={(event) => setIsForced(event.currentTarget.checked)}
          />
        )}
        <TextInput
          label={`Type “${source.name}” to confirm`}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
          autoComplete="off"
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
          <Button
            type="submit"
            color="red"
            disabled={name !== source.name || (isUsed && !isForced)}
            loading={removal.isPending}
          >
            Delete
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useDelete(source: DataSourceInfo, onClose: () => void) {
  const client = useClient();
  const queries = useQueryClient();
  const paths = useDataPaths();
  const { id: workspaceId } = useWorkspace();
  const [, navigate] = useLocation();
  return useMutation({
    mutationFn: (force: boolean) =>
      client.call(routes.dataSources.delete, {
        params: { workspaceId, dataSource: source.id },
        query: force ? { force } : {},
      }),
    onSuccess: async () => {
      onClose();
      notifySuccess(`${source.name} is deleted.`);
      navigate(paths.home);
      await queries.invalidateQueries({ queryKey: ['data-sources', workspaceId] });
    },
    onError: (error) => notifyError(error, `${source.name} was not deleted`),
  });
}
