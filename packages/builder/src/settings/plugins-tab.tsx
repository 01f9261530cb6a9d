import { useState } from 'react';
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconPlus, IconPuzzle } from '@tabler/icons-react';
import type { PluginInfo } from '@fettle/contract';
import { InstallPluginDialog } from '../plugins/install-plugin-dialog.tsx';
import { PluginCard } from '../plugins/plugin-card.tsx';
import { RemovePluginDialog } from '../plugins/remove-plugin-dialog.tsx';
import { usePlugins } from '../plugins/use-plugins.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorState } from '../shell/error-state.tsx';
import styles from './settings.module.css';

/** The plugins of the workspace, for its admins. */
export function PluginsTab() {
  const plugins = usePlugins();
  const [installing, setInstalling] = useState<PluginInfo | 'new'>();
  const [removed, setRemoved] = useState<PluginInfo>();
  const installButton = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setInstalling('new')}>
      Install a plugin
    </Button>
  );
  const list = plugins.data?.plugins ?? [];
  return (
    <Stack gap="sm">
      {plugins.isPending && <Skeleton height={160} />}
      {plugins.isError && (
        <ErrorState
          error={plugins.error}
          title="The plugins could not be loaded"
          onRetry={() => void plugins.refetch()}
        />
      )}
      {plugins.isSuccess && list.length === 0 && (
        <EmptyState
          icon={<IconPuzzle size={20} />}
          title="No plugins"
          text="Plugins bring components, connectors, flow triggers, flow actions and functions of others. You see what one asks for before it is installed."
        >
          {installButton}
        </EmptyState>
      )}
      {list.length > 0 && (
        <>
          <Group justify="space-between">
            <Text size="sm" c="dimmed">
              What is installed counts in every app of this workspace, at the version that stands here.
              {plugins.data?.allows.looksForUpdates === true && ' Newer versions are looked for once a day.'}
            </Text>
            {installButton}
          </Group>
          <Stack gap="sm" component="ul" className={styles['plain']}>
            {list.map((plugin) => (
              <PluginCard
                key={plugin.id}
                plugin={plugin}
                onUpdate={() => setInstalling(plugin)}
                onRemove={() => setRemoved(plugin)}
              />
            ))}
          </Stack>
        </>
      )}
      <InstallPluginDialog
        isOpen={installing !== undefined}
        allows={plugins.data?.allows ?? { registry: false, folder: false }}
        start={installing === 'new' ? undefined : installing?.source}
        onClose={() => setInstalling(undefined)}
      />
      <RemovePluginDialog plugin={removed} onClose={() => setRemoved(undefined)} />
    </Stack>
  );
}
