import { useState } from 'react';
import { Button, Group, Modal, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconLock, IconPlus } from '@tabler/icons-react';
import { relativeTime } from '@fettle/runtime';
import { SecretDialog } from '../secrets/secret-dialog.tsx';
import { secretEnvironments, useDeleteSecret, useSecrets, type NamedSecret } from '../secrets/use-secrets.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorState } from '../shell/error-state.tsx';
import { notifyError, notifySuccess } from '../shell/notify.ts';
import styles from './settings.module.css';

type Edited = { readonly kind: 'new' } | { readonly kind: 'replace'; readonly name: string };

/** Tokens, passwords and signing keys that flows name. Their values are never shown again. */
export function SecretsTab() {
  const secrets = useSecrets();
  const [edited, setEdited] = useState<Edited>();
  const [deleted, setDeleted] = useState<NamedSecret>();
  const newButton = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setEdited({ kind: 'new' })}>
      New secret
    </Button>
  );
  return (
    <Stack gap="sm">
      {secrets.isPending && <Skeleton height={160} />}
      {secrets.isError && (
        <ErrorState
          error={secrets.error}
          title="The secrets could not be loaded"
          onRetry={() => void secrets.refetch()}
        />
      )}
      {secrets.isSuccess && secrets.data.length === 0 && (
        <EmptyState
          icon={<IconLock size={20} />}
          title="No secrets"
          text="Flows name a secret to sign in elsewhere or to check who calls them. Its value stays here, encrypted."
        >
          {newButton}
        </EmptyState>
      )}
      {secrets.isSuccess && secrets.data.length > 0 && (
        <>
          <Group justify="space-between">
            <Text size="sm" c="dimmed">
              Flows name them; values are encrypted and never shown again.
            </Text>
            {newButton}
          </Group>
          <div className={styles['table']}>
            <Table verticalSpacing={6} horizontalSpacing="md">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Name</Table.Th>
                  <Table.Th>Development</Table.Th>
                  <Table.Th>Production</Table.Th>
                  <Table.Th aria-label="Actions" />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {secrets.data.map((secret) => (
                  <SecretRow
                    key={secret.name}
                    secret={secret}
                    onReplace={() => setEdited({ kind: 'replace', name: secret.name })}
                    onDelete={() => setDeleted(secret)}
                  />
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </>
      )}
      <SecretDialog
        isOpen={edited !== undefined}
        name={edited?.kind === 'replace' ? edited.name : undefined}
        onClose={() => setEdited(undefined)}
        onSaved={(name) => notifySuccess(`The secret ${name} is stored.`)}
      />
      <DeleteDialog secret={deleted} onClose={() => setDeleted(undefined)} />
    </Stack>
  );
}

function SecretRow(props: {
  readonly secret: NamedSecret;
  readonly onReplace: () => void;
  readonly onDelete: () => void;
}) {
  const { name, in: places } = props.secret;
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={500} ff="monospace">
          {name}
        </Text>
      </Table.Td>
      {secretEnvironments.map((environment) => {
        const info = places[environment];
        return (
          <Table.Td key={environment}>
            {info === undefined ? (
              <Text size="sm" c="dimmed">
                not stored
              </Text>
            ) : (
              `${relativeTime(info.updatedAt)} by ${info.updatedBy}`
            )}
          </Table.Td>
        );
      })}
      <Table.Td>
        <Group gap={4} justify="flex-end" wrap="nowrap">
          <Button size="compact-xs" variant="subtle" onClick={props.onReplace} aria-label={`Replace ${name}`}>
            Replace
          </Button>
          <Button size="compact-xs" variant="subtle" color="red" onClick={props.onDelete} aria-label={`Delete ${name}`}>
            Delete
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function DeleteDialog({ secret, onClose }: { readonly secret: NamedSecret | undefined; readonly onClose: () => void }) {
  const remove = useDeleteSecret(() => {
    notifySuccess('The secret is deleted.');
    onClose();
  });
  return (
    <Modal opened={secret !== undefined} onClose={onClose} title={`Delete ${secret?.name ?? ''}?`} centered size="sm">
      <Stack gap="sm">
        <Text size="sm">
          Steps and webhooks that name it fail from then on, in every app of the workspace. This cannot be undone.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button
            color="red"
            loading={remove.isPending}
            onClick={() =>
              secret !== undefined &&
              remove.mutate(secret, { onError: (error) => notifyError(error, 'The secret was not deleted') })
            }
          >
            Delete
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
