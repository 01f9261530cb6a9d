import { Button, Group, List, Modal, Skeleton, Stack, Text } from '@mantine/core';
import type { PluginInfo } from '@fettle/contract';
import { ErrorState } from '../shell/error-state.tsx';
import { notifyError, notifySuccess } from '../shell/notify.ts';
import { lossWords } from './plugin-words.ts';
import { usePluginUses, useRemovePlugin } from './use-plugins.ts';

/** Asks before a plugin is removed, with what uses it. */
export function RemovePluginDialog(props: { readonly plugin: PluginInfo | undefined; readonly onClose: () => void }) {
  const { plugin, onClose } = props;
  const remove = useRemovePlugin(() => {
    notifySuccess('The plugin is removed.');
    onClose();
  });
  return (
    <Modal opened={plugin !== undefined} onClose={onClose} title={`Remove ${plugin?.title ?? ''}?`} centered>
      <Stack gap="sm">
        <PluginUses plugin={plugin?.id} />
        <Text size="sm">
          {lossWords(plugin?.contributions ?? [])} What the plugin itself keeps in this workspace is deleted.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button
            color="red"
            loading={remove.isPending}
            onClick={() =>
              plugin !== undefined &&
              remove.mutate(plugin.id, { onError: (error) => notifyError(error, 'The plugin was not removed') })
            }
          >
            Remove
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Where a plugin is used. */
export function PluginUses({ plugin }: { readonly plugin: string | undefined }) {
  const uses = usePluginUses(plugin);
  if (uses.isError)
    return <ErrorState error={uses.error} title="Where it is used is not known" onRetry={() => void uses.refetch()} />;
  if (!uses.isSuccess) return <Skeleton height={40} />;
  if (uses.data.length === 0)
    return (
      <Text size="sm" c="dimmed">
        Nothing uses it.
      </Text>
    );
  return (
    <Stack gap={4}>
      <Text size="sm">It is used by:</Text>
      <List size="sm" spacing={2}>
        {uses.data.map(({ kind, id, name, types }) => (
          <List.Item key={`${kind} ${id}`}>
            <Text span size="sm" fw={500}>
              {name}
            </Text>{' '}
            <Text span size="sm" c="dimmed">
              {kind === 'app' ? 'app' : 'data source'}: {types.join(', ')}
            </Text>
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
