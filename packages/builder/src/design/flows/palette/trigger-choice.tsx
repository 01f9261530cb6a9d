import { Group, Text } from '@mantine/core';
import type { FlowTriggerManifest } from '@fettle/sdk';
import { ManifestIcon } from '../../panels/palette/manifest-icon.tsx';

/** A trigger as it is offered: its icon, title, and what it is for. */
export function TriggerChoice({ manifest }: { readonly manifest: FlowTriggerManifest }) {
  return (
    <Group gap={10} wrap="nowrap" align="flex-start">
      <span style={{ flex: 'none', paddingTop: 2, color: 'var(--fettle-accent-text)' }}>
        <ManifestIcon name={manifest.icon} size={18} />
      </span>
      <span>
        <Text size="sm" fw={500} component="span" display="block">
          {manifest.title}
        </Text>
        <Text size="xs" c="dimmed" component="span" display="block">
          {manifest.description}
        </Text>
      </span>
    </Group>
  );
}
