import { CopyButton, ActionIcon } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { Static } from 'typebox';
import { EmptyState, Placeholder } from '../states/data-states.tsx';
import { JsonNode } from './json-node.tsx';
import styles from './json-view.module.css';
import type { jsonViewManifest } from './manifest.ts';

/** Implementation of `core/json-view`. */
export function JsonView({ settings }: ComponentProps<Static<typeof jsonViewManifest.settings>>) {
  const { mode } = useHost();
  if (settings.value === undefined) {
    return mode === 'design' ? (
      <Placeholder icon="code" hint="Choose the value to show" />
    ) : (
      <EmptyState text="No value" />
    );
  }
  return (
    <div className={styles.frame} style={{ maxHeight: settings.maxHeight }}>
      <CopyButton value={JSON.stringify(settings.value, null, 2)}>
        {({ copied, copy }) => (
          <ActionIcon
            className={styles.copy}
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={copied ? 'Copied' : 'Copy as JSON'}
            onClick={copy}
          >
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        )}
      </CopyButton>
      <JsonNode value={settings.value} depth={0} openLevels={settings.openLevels} />
    </div>
  );
}
