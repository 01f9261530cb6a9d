import { useState } from 'react';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import { useClient } from '../api/client.ts';
import { useSession, useUser } from '../api/session.tsx';
import { notifyError, notifySuccess } from '../shell/notify.ts';
import { useWorkspace } from '../shell/workspace.tsx';

/** The name of the workspace. */
export function WorkspaceTab() {
  const client = useClient();
  const workspace = useWorkspace();
  const user = useUser();
  const { setUser } = useSession();
  const [name, setName] = useState(workspace.name);
  const rename = useMutation({
    mutationFn: () =>
      client.call(routes.workspaces.update, { params: { workspaceId: workspace.id }, body: { name: name.trim() } }),
    onSuccess: ({ workspace: changed }) => {
      notifySuccess('The workspace is renamed.');
      setUser({
        ...user,
        workspaces: user.workspaces.map((entry) =>
          entry.id === changed.id ? { ...entry, name: changed.name } : entry,
        ),
      });
    },
    onError: (error) => notifyError(error, 'The workspace was not renamed'),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        rename.mutate();
      }}
    >
      <Stack gap="sm" maw={480}>
        <Group align="flex-end" gap="xs">
          <TextInput
            label="Name"
            value={name}
            maxLength={100}
            flex={1}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button
            type="submit"
            disabled={name.trim() === '' || name.trim() === workspace.name}
            loading={rename.isPending}
          >
            Rename
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          Its address stays /w/{workspace.slug}, so that links keep working.
        </Text>
      </Stack>
    </form>
  );
}
