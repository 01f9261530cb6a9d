import { useState } from 'react';
import { Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import type { DataSourceInfo } from '@fettle/contract';
import type { ConnectorManifest } from '@fettle/sdk';
import { DeleteSourceDialog } from './delete-source-dialog.tsx';
import { EnvironmentSettings } from './environment-settings.tsx';
import { useUpdateSource } from './use-update-source.ts';

/** Name, connection and end of a data source. */
export function SourceSettings({
  source,
  connector,
}: {
  readonly source: DataSourceInfo;
  readonly connector: ConnectorManifest | undefined;
}) {
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
        <TextInput
          label="Name"
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
          flex={1}
          maw={360}
        />
        <Button
          type="submit"
          variant="default"
          disabled={name.trim() === '' || name.trim() === source.name}
          loading={update.isPending}
        >
          Rename
        </Button>
      </Group>
    </form>
  );
}
