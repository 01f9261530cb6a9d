import { useState } from 'react';
import { Alert, Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { WorkspaceRole } from '@fettle/access';
import { routes } from '@fettle/contract';
import { useClient } from '../api/client.ts';
import { rolesToGive, roleWords } from '../members/roles.ts';
import { ErrorState } from '../shell/error-state.tsx';
import { useWorkspace } from '../shell/workspace.tsx';
import { CopyField } from './copy-field.tsx';

const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
  { value: 'never', label: 'Never' },
] as const;

/** Making an API key. Its secret is shown once. */
export function CreateKeyDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="New API key" centered closeOnClickOutside={false}>
      <KeyForm onClose={onClose} />
    </Modal>
  );
}

function KeyForm({ onClose }: { readonly onClose: () => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const { id: workspaceId, role: own } = useWorkspace();
  const [name, setName] = useState('');
  const [role, setRole] = useState<WorkspaceRole>('builder');
  const [lifetime, setLifetime] = useState<string>('90');
  const creation = useMutation({
    mutationFn: () =>
      client.call(routes.workspaces.createApiKey, {
        params: { workspaceId },
        body: {
          name: name.trim(),
          role,
          ...(lifetime === 'never'
            ? {}
            : { expiresAt: new Date(Date.now() + Number(lifetime) * 86_400_000).toISOString() }),
        },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['api-keys', workspaceId] }),
  });
  if (creation.isSuccess) {
    return (
      <Stack gap="md">
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={16} />}>
          Copy the secret now. It is not stored and not shown again.
        </Alert>
        <CopyField label="Secret" value={creation.data.secret} />
        <Text size="sm" c="dimmed">
          Send it with every request as the header “Authorization: Bearer …”.
        </Text>
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') creation.mutate();
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="Nightly import"
          description="What uses it, so that it can be revoked without fear."
          value={name}
          maxLength={100}
          data-autofocus
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label="Role"
          description={roleWords[role].text}
          data={[...rolesToGive(own)]}
          value={role}
          allowDeselect={false}
          onChange={(next) => next !== null && setRole(next as WorkspaceRole)}
        />
        <Select
          label="Ends after"
          data={[...lifetimes]}
          value={lifetime}
          allowDeselect={false}
          onChange={(next) => next !== null && setLifetime(next)}
        />
        {creation.isError && <ErrorState error={creation.error} title="The key was not made" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={creation.isPending}>
            Create key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
