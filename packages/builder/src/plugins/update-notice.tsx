import { Alert, Button, Group, Text } from '@mantine/core';
import type { PluginInfo } from '@fettle/contract';
import { relativeTime } from '@fettle/runtime';
import { notifyError, notifySuccess } from '../shell/notify.ts';
import { useLookForUpdate } from './use-plugins.ts';

/** Whether there is a newer version where a plugin came from, for those that came from somewhere that can be asked. */
export function UpdateNotice({ plugin, onUpdate }: { readonly plugin: PluginInfo; readonly onUpdate: () => void }) {
  const { id, title, version, source, update } = plugin;
  const look = useLookForUpdate((found) => {
    if (found.update?.problem !== undefined) return;
    if (found.update?.version === undefined) notifySuccess(`${title} ${version} is the newest version.`);
  });
  if (source.kind !== 'registry' && source.kind !== 'url') return null;
  if (update?.version !== undefined)
    return (
      <Alert color="blue" variant="light" py={6} px="sm" aria-label={`A newer version of ${title}`}>
        <Group justify="space-between" gap="xs">
          <Text size="sm">
            Version {update.version} is available. What it asks for is shown before anything is installed.
          </Text>
          <Button size="compact-sm" onClick={onUpdate} aria-label={`Look at ${title} ${update.version}`}>
            Look at {update.version}
          </Button>
        </Group>
      </Alert>
    );
  return (
    <Group gap="xs">
      {update !== undefined && (
        <Text size="xs" c={update.problem === undefined ? 'dimmed' : 'red'} role="status">
          {update.problem === undefined
            ? `The newest version, as of ${relativeTime(update.lookedAt)}.`
            : `Looking for a newer version failed ${relativeTime(update.lookedAt)}: ${update.problem}`}
        </Text>
      )}
      <Button
        size="compact-xs"
        variant="subtle"
        ml={update === undefined ? -8 : 0}
        loading={look.isPending}
        aria-label={`Look for a newer version of ${title}`}
        onClick={() =>
          look.mutate(id, { onError: (error) => notifyError(error, 'Looking for a newer version failed') })
        }
      >
        Look for a newer version
      </Button>
    </Group>
  );
}
