import { ActionIcon, Button, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { createShortId } from '@fettle/base';
import type { NavigationItem } from '@fettle/definition';
import { useApp, useDispatch } from '../../design-context.ts';
import { PanelSection } from '../panel.tsx';

type Navigation = { readonly style: 'top' | 'side' | 'none'; readonly items: readonly NavigationItem[] };

/** The entries people get around with. */
export function NavigationSection() {
  const navigation = useApp((app) => app.app.navigation);
  const screens = useApp((app) => app.screens);
  const dispatch = useDispatch();
  const set = (next: Navigation, mergeKey?: string): void => {
    dispatch(
      { type: 'navigation.set', navigation: { style: next.style, items: [...next.items] } },
      mergeKey === undefined ? {} : { mergeKey },
    );
  };
  const change = (index: number, item: NavigationItem, mergeKey?: string): void =>
    set({ ...navigation, items: navigation.items.map((old, at) => (at === index ? item : old)) }, mergeKey);
  const move = (from: number, to: number): void => {
    const items = [...navigation.items];
    const [item] = items.splice(from, 1);
    if (item !== undefined) items.splice(to, 0, item);
    set({ ...navigation, items });
  };
  const listed = new Set(navigation.items.map((item) => item.screen));
  const missing = Object.values(screens).find((screen) => !listed.has(screen.id) && !screen.route.includes(':'));
  const add = (): void => {
    const item: NavigationItem =
      missing === undefined
        ? { id: createShortId('nav'), label: 'Link', url: 'https://' }
        : { id: createShortId('nav'), label: plainLabel(missing.title, missing.name), screen: missing.id };
    set({ ...navigation, items: [...navigation.items, item] });
  };

  return (
    <PanelSection title="Navigation" hint="Entries a role cannot open are left out for it.">
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Navigation style"
        value={navigation.style}
        data={[
          { value: 'side', label: 'Side' },
          { value: 'top', label: 'Top' },
          { value: 'none', label: 'None' },
        ]}
        onChange={(style) => set({ ...navigation, style: style as Navigation['style'] })}
      />
      {navigation.items.map((item, index) => (
        <Stack key={item.id} gap={4}>
          <Group gap={2} wrap="nowrap">
            <TextInput
              aria-label={`Label of entry ${index + 1}`}
              flex={1}
              value={item.label}
              onChange={(event) => {
                if (event.currentTarget.value !== '')
                  change(index, { ...item, label: event.currentTarget.value }, `nav:${item.id}`);
              }}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Move ${item.label} up`}
              disabled={index === 0}
              onClick={() => move(index, index - 1)}
            >
              <IconArrowUp size={14} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Move ${item.label} down`}
              disabled={index === navigation.items.length - 1}
              onClick={() => move(index, index + 1)}
            >
              <IconArrowDown size={14} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove ${item.label}`}
              onClick={() => set({ ...navigation, items: navigation.items.filter((_, at) => at !== index) })}
            >
              <IconX size={14} />
            </ActionIcon>
          </Group>
          <Target item={item} onChange={(next) => change(index, next, `nav-url:${item.id}`)} />
        </Stack>
      ))}
      {navigation.items.length === 0 && (
        <Text size="sm" c="dimmed">
          No entries yet.
        </Text>
      )}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={add}
        style={{ alignSelf: 'flex-start' }}
      >
        Add entry
      </Button>
    </PanelSection>
  );
}

function Target({
  item,
  onChange,
}: {
  readonly item: NavigationItem;
  readonly onChange: (item: NavigationItem) => void;
}) {
  const screens = useApp((app) => app.screens);
  const { screen, url, ...rest } = item;
  return (
    <>
      <Select
        aria-label={`What ${item.label} opens`}
        size="xs"
        allowDeselect={false}
        value={screen ?? 'url'}
        data={[
          ...Object.values(screens).map(({ id, name }) => ({ value: id, label: name })),
          { value: 'url', label: 'An address …' },
        ]}
        onChange={(value) =>
          onChange(value === 'url' || value === null ? { ...rest, url: url ?? 'https://' } : { ...rest, screen: value })
        }
      />
      {screen === undefined && (
        <TextInput
          aria-label={`Address of ${item.label}`}
          size="xs"
          value={url ?? ''}
          onChange={(event) => onChange({ ...rest, url: event.currentTarget.value })}
        />
      )}
    </>
  );
}

/** A title that holds a binding says nothing in a menu: the screen's name does. */
function plainLabel(title: string, name: string): string {
  return title === '' || title.includes('{{') ? name : title.slice(0, 100);
}
