import { useState } from 'react';
import { Badge, Button, Group, Modal, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { routes, type ApiKeyInfo } from '@fettle/contract';
import { useClient } from '../api/client.ts';
import { relativeTime } from '@fettle/runtime';
import { roleWords } from '../members/roles.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorState } from '../shell/error-state.tsx';
import { notifyError, notifySuccess } from '../shell/notify.ts';
import { useWorkspace } from '../shell/workspace.tsx';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import styles from './settings.module.css';

/** Keys with which programs work in the workspace. */
export function ApiKeysTab() {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  const [isCreating, setIsCreating] = useState(false);
  const [revoked, setRevoked] = useState<ApiKeyInfo>();
  const keys = useQuery({
    queryKey: ['api-keys', workspaceId],
    queryFn: ({ signal }) => client.call(routes.workspaces.apiKeys, { params: { workspaceId }, signal }),
  });
  const newButton = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setIsCreating(true)}>
      New API key
    </Button>
  );
  return (
    <Stack gap="sm">
      {keys.isPending && <Skeleton height={160} />}
      {keys.isError && (
        <ErrorState error={keys.error} title="The keys could not be loaded" onRetry={() => void keys.refetch()} />
      )}
      {keys.isSuccess && keys.data.apiKeys.length === 0 && (
        <EmptyState
          icon={<IconKey size={20} />}
          title="No API keys"
          text="Scripts and other programs use a key to call the API with the rights of a role."
        >
          {newButton}
        </EmptyState>
      )}
      {keys.isSuccess && keys.data.apiKeys.length > 0 && (
        <>
          <Group justify="space-between">
            <Text size="sm" c="dimmed">
              A key is worth at most what its maker is worth now.
            </Text>
            {newButton}
          </Group>
          <div className={styles['table']}>
            <Table verticalSpacing={6} horizontalSpacing="md">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Name</Table.Th>
                  <Table.Th>Role</Table.Th>
                  <Table.Th>Made by</Table.Th>
                  <Table.Th>Last used</Table.Th>
                  <Table.Th>Ends</Table.Th>
                  <Table.Th aria-label="Actions" />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {keys.data.apiKeys.map((key) => (
                  <KeyRow key={key.id} apiKey={key} onRevoke={() => setRevoked(key)} />
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </>
      )}
      <CreateKeyDialog isOpen={isCreating} onClose={() => setIsCreating(false)} />
      <RevokeDialog apiKey={revoked} onClose={() => setRevoked(undefined)} />
    </Stack>
  );
}

function KeyRow({ apiKey, onRevoke }: { readonly apiKey: ApiKeyInfo; readonly onRevoke: () => void }) {
  const [openedAt] = useState(() => Date.now());
  const isOver = apiKey.expiresAt !== null && Date.parse(apiKey.expiresAt) <= openedAt;
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={500}>
          {apiKey.name}
        </Text>
      </Table.Td>
      <Table.Td>{roleWords[apiKey.role].label}</Table.Td>
      <Table.Td>
        {apiKey.createdBy}, {relativeTime(apiKey.createdAt)}
      </Table.Td>
      <Table.Td>{apiKey.lastUsedAt === null ? 'never' : relativeTime(apiKey.lastUsedAt)}</Table.Td>
      <Table.Td>
        {isOver ? (
          <Badge variant="light" color="gray" tt="none">
            ended
          </Badge>
        ) : apiKey.expiresAt === null ? (
          'never'
        ) : (
          new Date(apiKey.expiresAt).toLocaleDateString()
        )}
      </Table.Td>
      <Table.Td ta="right">
        <Button size="compact-xs" variant="subtle" color="red" onClick={onRevoke} aria-label={`Revoke ${apiKey.name}`}>
          Revoke
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

function RevokeDialog({ apiKey, onClose }: { readonly apiKey: ApiKeyInfo | undefined; readonly onClose: () => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const { id: workspaceId } = useWorkspace();
  const revoke = useMutation({
    mutationFn: (keyId: string) => client.call(routes.workspaces.deleteApiKey, { params: { workspaceId, keyId } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['api-keys', workspaceId] });
      notifySuccess('The key is revoked.');
      onClose();
    },
    onError: (error) => notifyError(error, 'The key was not revoked'),
  });
  return (
    <Modal opened={apiKey !== undefined} onClose={onClose} title={`Revoke ${apiKey?.name ?? ''}?`} centered size="sm">
      <Stack gap="sm">
        <Text size="sm">
          Programs that use the key are refused at once. This cannot be undone; a new key has a new secret.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button
            color="red"
            loading={revoke.isPending}
            onClick={() => apiKey !== undefined && revoke.mutate(apiKey.id)}
          >
            Revoke
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
