import { useState } from 'react';
import { Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { routes, type DataSourceInfo, type RouteInput } from '@fettle/contract';
import type { ConnectorManifest } from '@fettle/sdk';
import { useClient } from '../../api/client.ts';
import { notifyError, notifySuccess } from '../../shell/notify.ts';
import { useWorkspace } from '../../shell/workspace.tsx';
import { DeleteSourceDialog } from './delete-source-dialog.tsx';
import { EnvironmentSettings } from './environment-settings.tsx';

/** Name, connection and end of a data source. */
export function SourceSettings({ source, connector }: { readonly source: DataSourceInfo; readonly connector: ConnectorManifest | undefined }) {
  const [isDeleting, setIsDeleting] = useState(false);
  return (
    <Stack gap="lg" maw={680}>
      <NameForm source={source} />
      {source.kind === 'external' && connector !== undefined && (
        <>
          <EnvironmentSettings source={source} connector={connector} environment="development" />
          <EnvironmentSettings source={source} connector={connector} environment="production" />
        </>
      )}
      <Paper withBorder p="md" component="section">
        <Group justify="space-between">
          <div>
            <Title order={2} size="h5">
              Delete this data source
            </Title>
            <Text size="sm" c="dimmed">
              {source.kind === 'external' ? 'The database itself is not touched.' : 'Its tables and rows go with it.'}
            </Text>
          </div>
          <Button variant="default" color="red" onClick={() => setIsDeleting(true)}>
            Delete
          </Button>
        </Group>
      </Paper>
      <DeleteSourceDialog source={source} isOpen={isDeleting} onClose={() => setIsDeleting(false)} />
    </Stack>
  );
}

function NameForm({ source }: { readonly source: DataSourceInfo }) {
  const [name, setName] = useState(source.name);
  const update = useUpdateSource(source, 'The name is changed.');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate({ name: name.trim() });
      }}
    >
      <Group align="flex-end" gap="xs">
        <TextInput label="Name" value={name} maxLength={100} onChange={(event) => setName(event.currentTarget.value)} flex={1} maw={360} />
        <Button type="submit" variant="default" disabled={name.trim() === '' || name.trim() === source.name} loading={update.isPending}>
          Rename
        </Button>
      </Group>
    </form>
  );
}

/** Changes a data source and reads again what depends on it. */
export function useUpdateSource(source: DataSourceInfo, doneText: string) {
  const client = useClient();
  const queries = useQueryClient();
  const { id: workspaceId } = useWorkspace();
  return useMutation({
    mutationFn: (body: RouteInput<typeof routes.dataSources.update>['body']) =>
      client.call(routes.dataSources.update, { params: { workspaceId, dataSource: source.id }, body }),
    onSuccess: async (_, body) => {
      notifySuccess(doneText);
      await queries.invalidateQueries({ queryKey: ['data-sources', workspaceId] });
      if (body.environment !== undefined) await queries.invalidateQueries({ queryKey: ['schema', workspaceId, source.id] });
    },
    onError: (error) => notifyError(error, 'The change was not saved'),
  });
}
