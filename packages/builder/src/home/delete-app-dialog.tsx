import { useState } from 'react';
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { routes, type AppInfo } from '@fettle/contract';
import { useClient } from '../api/client.ts';
import { notifyError, notifySuccess } from '../shell/notify.ts';

/** Deleting an app cannot be undone: it names what goes with it and asks for the name. */
export function DeleteAppDialog(props: {
  readonly app: AppInfo;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { app, isOpen, onClose } = props;
  const client = useClient();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const removal = useMutation({
    mutationFn: () => client.call(routes.apps.delete, { params: { appId: app.id }, query: { confirm: name } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['apps'] });
      notifySuccess(`${app.name} is deleted.`);
      onClose();
    },
    onError: (error) => notifyError(error, `${app.name} was not deleted`),
  });
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Delete ${app.name}?`} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          removal.mutate();
        }}
      >
        <Stack gap="sm">
          <Text size="sm">
            Its draft, all releases and the roles given in it go with it
            {app.live === null ? '' : `, and /apps/${app.slug} stops working at once`}. Your data sources and their data
            stay.
          </Text>
          <TextInput
            label={`Type “${app.name}” to confirm`}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
            autoComplete="off"
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Keep it
            </Button>
            <Button type="submit" color="red" disabled={name !== app.name} loading={removal.isPending}>
              Delete
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
