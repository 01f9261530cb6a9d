import { useMemo, useState } from 'react';
import { Stack, Text, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { ComponentManifest } from '@fettle/sdk';
import { useExtensions } from '../../../extensions.ts';
import { matchesSearch } from '../../../home/matches-search.ts';
import { useDragSource } from '../../canvas/drag/use-drag-source.ts';
import { useEdits } from '../../canvas/edit/use-edits.ts';
import { Panel } from '../panel.tsx';
import { ManifestIcon } from './manifest-icon.tsx';
import styles from './palette-panel.module.css';

const order = ['Layout', 'Data', 'Input', 'Display', 'Chart', 'Navigation', 'Overlay'];

/** All component types: drag one onto the canvas, or press it to add it after the selection. */
export function PalettePanel() {
  const { components } = useExtensions();
  const [search, setSearch] = useState('');
  const groups = useMemo(() => {
    const found = components
      .map(({ manifest }) => manifest)
      .filter((manifest) =>
        matchesSearch(search, [manifest.title, manifest.description, manifest.category, ...(manifest.keywords ?? [])]),
      );
    const rank = (category: string): number => (order.includes(category) ? order.indexOf(category) : order.length);
    const ofPlugins = new Set(found.filter(({ id }) => !id.startsWith('core/')).map(({ category }) => category));
    const names = [...new Set(found.map((manifest) => manifest.category))].sort(
      (a, b) => Number(ofPlugins.has(a)) - Number(ofPlugins.has(b)) || rank(a) - rank(b) || a.localeCompare(b),
    );
    return names.map((name) => ({ name, manifests: found.filter((manifest) => manifest.category === name) }));
  }, [components, search]);
  return (
    <Panel title="Add a component">
      <TextInput
        aria-label="Search components"
        placeholder="Search components"
        leftSection={<IconSearch size={14} />}
        autoFocus
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {groups.length === 0 && (
        <Text size="sm" c="dimmed">
          No component matches.
        </Text>
      )}
      {groups.map((group) => (
        <Stack key={group.name} gap={6} component="section" aria-label={group.name}>
          <Text size="xs" fw={600} c="dimmed">
            {group.name}
          </Text>
          <div className={styles['grid']}>
            {group.manifests.map((manifest) => (
              <Entry key={manifest.id} manifest={manifest} />
            ))}
          </div>
        </Stack>
      ))}
    </Panel>
  );
}

function Entry({ manifest }: { readonly manifest: ComponentManifest }) {
  const edits = useEdits();
  const source = useDragSource(`new:${manifest.id}`, () => ({ kind: 'new', type: manifest.id, title: manifest.title }));
  const { onKeyDown, ...props } = source.props;
  return (
    <Tooltip label={manifest.description} position="right" openDelay={500} multiline maw={260}>
      <UnstyledButton
        ref={source.ref}
        {...props}
        className={styles['entry'] ?? ''}
        onKeyDown={(event) => {
          // Enter adds at once; Space picks it up for a drag by keyboard.
          if (event.key === 'Enter') return;
          onKeyDown?.(event);
        }}
        onClick={() => edits.add(manifest.id)}
      >
        <ManifestIcon name={manifest.icon} />
        <span className={styles['title']}>{manifest.title}</span>
      </UnstyledButton>
    </Tooltip>
  );
}
