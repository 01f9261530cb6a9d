import { useState } from 'react';
import { ActionIcon, Button, Group, Menu, Modal, Text, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import { IconCopy, IconDots, IconPencilBolt, IconPlus, IconSearch, IconTable, IconTrash } from '@tabler/icons-react';
import { usesOf, type Query, type Reference } from '@fettle/definition';
import { useExtensions } from '../../extensions.ts';
import { useApp, useDesign, useDispatch } from '../design-context.ts';
import { copyQuery } from './query-edit.ts';
import type { QueryAddition } from './use-add-query.ts';
import styles from './dock.module.css';

/** The queries of the app. */
export function QueryList({
  current,
  addition,
}: {
  readonly current: string | undefined;
  readonly addition: QueryAddition;
}) {
  const { view, session } = useDesign();
  const { catalog } = useExtensions();
  const dispatch = useDispatch();
  const queries = useApp((app) => app.queries);
  const [search, setSearch] = useState('');
  const [leaving, setLeaving] = useState<{ readonly query: Query; readonly uses: readonly Reference[] }>();
  const word = search.trim().toLowerCase();
  const shown = Object.values(queries)
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .filter(({ name, description = '' }) => `${name} ${description}`.toLowerCase().includes(word));
  const duplicate = (query: Query): void => {
    const copy = copyQuery(query, Object.values(queries));
    if (dispatch({ type: 'query.add', query: copy })) view.openQuery(copy.id);
  };
  const ask = (query: Query): void =>
    setLeaving({ query, uses: usesOf(session.store.getState().app, catalog, { kind: 'query', id: query.id }) });
  const remove = (): void => {
    if (
      leaving !== undefined &&
      dispatch({ type: 'query.remove', query: leaving.query.id }) &&
      current === leaving.query.id
    )
      view.setState({ query: undefined });
    setLeaving(undefined);
  };
  return (
    <nav className={styles['list']} aria-label="Queries of the app">
      <Group gap={4} wrap="nowrap" mb={6}>
        <TextInput
          flex={1}
          aria-label="Search queries"
          placeholder="Search"
          leftSection={<IconSearch size={14} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Tooltip label={addition.hint ?? 'Add query'} openDelay={300}>
          <ActionIcon variant="default" aria-label="Add query" disabled={!addition.isReady} onClick={addition.add}>
            <IconPlus size={14} />
          </ActionIcon>
        </Tooltip>
      </Group>
      {shown.map((query) => (
        <Group
          key={query.id}
          gap={0}
          wrap="nowrap"
          className={styles['item'] ?? ''}
          data-current={query.id === current ? '' : undefined}
        >
          <UnstyledButton
            className={styles['itemName'] ?? ''}
            aria-current={query.id === current}
            onClick={() => view.openQuery(query.id)}
          >
            {query.mode === 'write' ? (
              <IconPencilBolt size={14} color="var(--fettle-warning-text)" aria-label="Writes" />
            ) : (
              <IconTable size={14} aria-hidden="true" />
            )}
            <span>{query.name}</span>
          </UnstyledButton>
          <Menu position="bottom-end" shadow="md">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`More for ${query.name}`}>
                <IconDots size={14} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => duplicate(query)}>
                Duplicate
              </Menu.Item>
              <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={() => ask(query)}>
                Delete
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      ))}
      {shown.length === 0 && word !== '' && (
        <Text size="xs" c="dimmed">
          No query matches.
        </Text>
      )}
      <Modal
        opened={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={`Delete the query ${leaving?.query.name ?? ''}?`}
        centered
      >
        <WhereUsed uses={leaving?.uses ?? []} />
        <Group justify="flex-end" mt="md" gap="xs">
          <Button variant="default" onClick={() => setLeaving(undefined)}>
            Cancel
          </Button>
          <Button color="red" onClick={remove} data-autofocus>
            Delete query
          </Button>
        </Group>
      </Modal>
    </nav>
  );
}

/** The places that use something, by screen and component, or by flow. */
export function WhereUsed({ uses }: { readonly uses: readonly Reference[] }) {
  const screens = useApp((app) => app.screens);
  const flows = useApp((app) => app.flows);
  const places = new Set(
    uses.map(({ from }) => {
      const screen = from.screen === undefined ? undefined : screens[from.screen];
      const component = from.component === undefined ? undefined : screen?.components[from.component];
      const flow = from.flow === undefined ? undefined : flows[from.flow];
      return [screen?.name, component?.name, flow?.name].filter((name) => name !== undefined).join(' · ') || 'App';
    }),
  );
  if (places.size === 0) {
    return <Text size="sm">Nothing uses it. You can undo this.</Text>;
  }
  return (
    <>
      <Text size="sm">It is used here, and these places will be listed under Problems:</Text>
      <ul style={{ margin: '8px 0', paddingLeft: 20, fontSize: 13 }}>
        {[...places].slice(0, 12).map((place) => (
          <li key={place}>{place}</li>
        ))}
        {places.size > 12 && <li>and {places.size - 12} more</li>}
      </ul>
    </>
  );
}
