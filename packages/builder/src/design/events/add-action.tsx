import { useState } from 'react';
import { Button, Combobox, Text, useCombobox } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { EventActionManifest } from '@fettle/sdk';
import { useExtensions } from '../../extensions.ts';

/** Action types that match every word, by category in order of first use. */
export function matchActions(
  manifests: readonly EventActionManifest[],
  search: string,
): readonly { readonly category: string; readonly found: readonly EventActionManifest[] }[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const groups = new Map<string, EventActionManifest[]>();
  for (const manifest of manifests) {
    const text = [manifest.title, manifest.description, manifest.id, ...(manifest.keywords ?? [])]
      .join(' ')
      .toLowerCase();
    if (words.every((word) => text.includes(word)))
      groups.set(manifest.category, [...(groups.get(manifest.category) ?? []), manifest]);
  }
  return [...groups].map(([category, found]) => ({ category, found }));
}

/** Adds an action out of a searchable menu. */
export function AddAction({
  label,
  isFull,
  onAdd,
}: {
  readonly label: string;
  readonly isFull: boolean;
  readonly onAdd: (type: string) => void;
}) {
  const { eventActions, icons } = useExtensions();
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      combobox.focusTarget();
      setSearch('');
    },
  });
  const Icon = icons?.Icon;
  const groups = matchActions(
    eventActions.map(({ manifest }) => manifest),
    search,
  );
  return (
    <Combobox
      store={combobox}
      width={280}
      position="bottom-start"
      shadow="md"
      onOptionSubmit={(type) => {
        onAdd(type);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={12} />}
          style={{ alignSelf: 'flex-start' }}
          aria-haspopup="listbox"
          disabled={isFull}
          onClick={() => combobox.toggleDropdown()}
        >
          {label}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          placeholder="Search actions"
          aria-label="Search actions"
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            combobox.updateSelectedOptionIndex();
          }}
        />
        <Combobox.Options mah={320} style={{ overflowY: 'auto' }}>
          {groups.map(({ category, found }) => (
            <Combobox.Group key={category} label={category}>
              {found.map((manifest) => (
                <Combobox.Option key={manifest.id} value={manifest.id}>
                  <div style={{ display: 'flex', gap: 8 }}>
                    {Icon !== undefined && <Icon name={manifest.icon} size={16} />}
                    <span>
                      <Text size="sm" component="span" display="block">
                        {manifest.title}
                      </Text>
                      <Text size="xs" c="dimmed" component="span" display="block">
                        {manifest.description}
                      </Text>
                    </span>
                  </div>
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
          {groups.length === 0 && <Combobox.Empty>No action matches.</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
