import { ActionIcon, Button, Group, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconCopy, IconDots, IconHome, IconLock, IconPlus, IconTrash } from '@tabler/icons-react';
import { createShortId, uniqueName } from '@fettle/base';
import type { Screen } from '@fettle/definition';
import { useApp, useDesign, useDispatch, useSteadyApp, useView } from '../../design-context.ts';
import { newScreen } from './new-screen.ts';
import styles from './tree-panel.module.css';

type Screens = Readonly<Record<string, Screen>>;

/** True when the list would show the same. */
function showsSame(before: Screens, after: Screens): boolean {
  if (before === after) return true;
  const ids = Object.keys(after);
  if (ids.join(' ') !== Object.keys(before).join(' ')) return false;
  return ids.every((id) => {
    const [one, other] = [before[id], after[id]];
    return one?.name === other?.name && one?.route === other?.route && one?.access === other?.access;
  });
}

/** All screens: open, add, duplicate, remove. */
export function ScreenList() {
  const { view, session } = useDesign();
  const screens = useSteadyApp((app) => app.screens, showsSame);
  const home = useApp((app) => app.app.home);
  const current = useView((state) => state.screen);
  const dispatch = useDispatch();
  const add = (): void => {
    const screen = newScreen(Object.values(screens));
    if (dispatch({ type: 'screen.add', screen })) view.openScreen(screen.id);
  };
  const remove = (screen: Screen): void => {
    if (!dispatch({ type: 'screen.remove', screen: screen.id })) return;
    const next = Object.keys(session.store.getState().app.screens)[0];
    if (current === screen.id && next !== undefined) view.openScreen(next);
  };
  return (
    <div className={styles['screens']}>
      <ul className={styles['list']}>
        {Object.values(screens).map((screen) => (
          <li key={screen.id} className={styles['row']} data-active={screen.id === current ? '' : undefined}>
            <UnstyledButton
              className={styles['main'] ?? ''}
              aria-current={screen.id === current ? 'page' : undefined}
              onClick={() => view.openScreen(screen.id)}
            >
              <Text size="sm" truncate>
                {screen.name}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {screen.route}
              </Text>
            </UnstyledButton>
            <Group gap={2} wrap="nowrap">
              {screen.id === home && <IconHome size={13} aria-label="Home screen" />}
              {screen.access !== undefined && <IconLock size={13} aria-label="Has a rule of its own" />}
              <ScreenMenu screen={screen} isHome={screen.id === home} onRemove={() => remove(screen)} />
            </Group>
          </li>
        ))}
      </ul>
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPlus size={14} />}
        onClick={add}
        mt={4}
        style={{ flex: 'none', alignSelf: 'start' }}
      >
        Add screen
      </Button>
    </div>
  );
}

function ScreenMenu({
  screen,
  isHome,
  onRemove,
}: {
  readonly screen: Screen;
  readonly isHome: boolean;
  readonly onRemove: () => void;
}) {
  const { view, session } = useDesign();
  const dispatch = useDispatch();
  const duplicate = (): void => {
    const { screens } = session.store.getState().app;
    const all = Object.values(screens);
    const current = screens[screen.id];
    if (current === undefined) return;
    const id = createShortId('scr');
    const isDone = dispatch({
      type: 'screen.duplicate',
      screen: screen.id,
      id,
      name: uniqueName(screen.name, (name) => all.some((other) => other.name === name)),
      route: uniqueName(`${screen.route === '/' ? '/home' : screen.route}-copy`, (route) =>
        all.some((other) => other.route === route),
      ),
      ids: Object.fromEntries(Object.keys(current.components).map((old) => [old, createShortId('cmp')])),
    });
    if (isDone) view.openScreen(id);
  };
  return (
    <Menu width={180} position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`More for ${screen.name}`}>
          <IconDots size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconHome size={14} />}
          disabled={isHome || screen.route.includes(':')}
          onClick={() => dispatch({ type: 'app.update', changes: { home: screen.id } })}
        >
          Make it the home screen
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={14} />} onClick={duplicate}>
          Duplicate
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={onRemove}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
