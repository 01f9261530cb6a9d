import { useMemo, useState } from 'react';
import { Button, Group, Modal, SegmentedControl, Stack, Switch, Text, Textarea } from '@mantine/core';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import { createShortId, uniqueName } from '@fettle/base';
import { usesOf, type AccessRule, type Screen } from '@fettle/definition';
import type { Command } from '@fettle/edit';
import { useExtensions } from '../../extensions.ts';
import { BindingField } from '../binding/binding-field.tsx';
import { BindingScopeProvider } from '../binding/binding-scope.ts';
import { useApp, useDesign, useDispatch } from '../design-context.ts';
import { IconPicker } from '../editors/icon-field.tsx';
import { EventsEditor } from '../events/events-editor.tsx';
import { PanelSection } from '../panels/panel.tsx';
import { RolePicker } from '../panels/access/role-picker.tsx';
import { useProblems } from '../panels/problems/use-problems.ts';
import { problemsOf } from './component-problems.ts';
import { NameField } from './name-field.tsx';
import { RouteField } from './route-field.tsx';
import styles from './inspector.module.css';

type Changes = Extract<Command, { type: 'screen.update' }>['changes'];

const screenEvents = [
  { name: 'open', title: 'Screen opens' },
  { name: 'close', title: 'Screen closes' },
] as const;

const widths = [
  { value: 'narrow', label: 'Narrow' },
  { value: 'normal', label: 'Normal' },
  { value: 'full', label: 'Full' },
];

/** Everything that can be set on a screen. */
export function ScreenInspector({ screen }: { readonly screen: Screen }) {
  const dispatch = useDispatch();
  const { view } = useDesign();
  const screens = useApp((app) => app.screens);
  const problems = useProblems();
  const sorted = useMemo(() => problemsOf(problems, screen.id, undefined), [problems, screen.id]);
  const update = (changes: Changes, key?: string): void => {
    dispatch(
      { type: 'screen.update', screen: screen.id, changes },
      key === undefined ? {} : { mergeKey: `screen:${screen.id}:${key}` },
    );
  };
  return (
    <BindingScopeProvider value={screenScope}>
      <div className={styles['inspector']}>
        <div className={styles['top']}>
          <div className={styles['header']}>
            <Text size="sm" fw={600}>
              Screen
            </Text>
            <NameField
              label="Name of the screen"
              name={screen.name}
              isTaken={(name) =>
                Object.values(screens).some(
                  (other) => other.id !== screen.id && other.name.toLowerCase() === name.toLowerCase(),
                )
              }
              onRename={(name) => dispatch({ type: 'screen.rename', screen: screen.id, name })}
            />
          </div>
        </div>
        <Stack gap="md" className={styles['body'] ?? ''}>
          <PanelSection title="Title">
            <div data-setting="title">
              <BindingField
                value={screen.title}
                onChange={(title) => update({ title }, 'title')}
                label="Title"
                placeholder="What people read at the top"
              />
            </div>
            <Switch
              size="xs"
              label="Show it at the top of the screen"
              checked={screen.hasTitle !== false}
              onChange={(event) => update({ hasTitle: event.currentTarget.checked ? null : false })}
            />
          </PanelSection>
          <PanelSection title="Address">
            <RouteField screen={screen} onChange={(route) => update({ route })} />
          </PanelSection>
          <PanelSection title="Icon in the navigation">
            <IconPicker label="Icon" value={screen.icon} onChange={(icon) => update({ icon: icon ?? null })} />
          </PanelSection>
          <PanelSection title="Width">
            <SegmentedControl
              size="xs"
              fullWidth
              aria-label="Width"
              data={widths}
              value={screen.width ?? 'normal'}
              onChange={(width) => update({ width: width === 'normal' ? null : (width as 'narrow' | 'full') })}
            />
          </PanelSection>
          <ScreenAccess screen={screen} onChange={(access) => update({ access })} />
          <PanelSection title="State" hint={stateHint(screen)}>
            <Button
              size="compact-xs"
              variant="default"
              style={{ alignSelf: 'flex-start' }}
              onClick={() => view.setState({ left: 'state' })}
            >
              Open state
            </Button>
          </PanelSection>
          <PanelSection title="Events">
            <EventsEditor
              events={screenEvents}
              value={screen.events ?? {}}
              problems={sorted.events}
              owner={screen.id}
              onEdit={(event, actions, options) =>
                dispatch({ type: 'events.set', screen: screen.id, event, actions: [...actions] }, options)
              }
            />
          </PanelSection>
          <PanelSection title="Notes for builders">
            <Textarea
              aria-label="Notes for builders"
              autosize
              minRows={2}
              maxRows={8}
              maxLength={1000}
              value={screen.description ?? ''}
              onChange={(event) =>
                update(
                  { description: event.currentTarget.value === '' ? null : event.currentTarget.value },
                  'description',
                )
              }
            />
          </PanelSection>
          <ScreenActs screen={screen} />
        </Stack>
      </div>
    </BindingScopeProvider>
  );
}

const screenScope = { component: undefined, extra: {} };

function stateHint({ state }: Screen): string {
  const names = (state ?? []).map(({ name }) => name);
  return names.length === 0 ? 'Values the screen keeps while it is open.' : names.join(', ');
}

function ScreenAccess({
  screen,
  onChange,
}: {
  readonly screen: Screen;
  readonly onChange: (access: AccessRule | null) => void;
}) {
  const ofApp = useApp((app) => app.access.defaultScreen);
  return (
    <PanelSection title="Who may open it">
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Who may open it"
        data={[
          { value: 'app', label: 'As the app says' },
          { value: 'own', label: 'Some roles' },
        ]}
        value={screen.access === undefined ? 'app' : 'own'}
        onChange={(next) => onChange(next === 'app' ? null : { roles: [...ofApp.roles] })}
      />
      {screen.access !== undefined && (
        <RolePicker label="Roles" value={screen.access.roles} onChange={(roles) => onChange({ roles })} />
      )}
    </PanelSection>
  );
}

function ScreenActs({ screen }: { readonly screen: Screen }) {
  const { view, session } = useDesign();
  const { catalog } = useExtensions();
  const dispatch = useDispatch();
  const [uses, setUses] = useState<number>();
  const duplicate = (): void => {
    const screens = Object.values(session.store.getState().app.screens);
    const id = createShortId('scr');
    const name = uniqueName(screen.name, (candidate) =>
      screens.some((other) => other.name.toLowerCase() === candidate.toLowerCase()),
    );
    const route = uniqueName(screen.route.replace(/\/$/, '') || '/screen', (candidate) =>
      screens.some((other) => other.route === candidate),
    );
    const ids = Object.fromEntries((screen.state ?? []).map((variable) => [variable.id, createShortId('st')]));
    if (dispatch({ type: 'screen.duplicate', screen: screen.id, id, name, route, ids })) view.openScreen(id);
  };
  const askToRemove = (): void => {
    const references = usesOf(session.store.getState().app, catalog, { kind: 'screen', id: screen.id });
    setUses(references.filter(({ from }) => from.screen !== screen.id).length);
  };
  const remove = (): void => {
    setUses(undefined);
    if (!dispatch({ type: 'screen.remove', screen: screen.id })) return;
    const { app } = session.store.getState();
    view.openScreen(app.app.home ?? Object.keys(app.screens)[0] ?? '');
  };
  return (
    <Group gap={6}>
      <Button size="compact-sm" variant="default" leftSection={<IconCopy size={14} />} onClick={duplicate}>
        Duplicate
      </Button>
      <Button size="compact-sm" variant="light" color="red" leftSection={<IconTrash size={14} />} onClick={askToRemove}>
        Delete
      </Button>
      <Modal
        opened={uses !== undefined}
        onClose={() => setUses(undefined)}
        title={`Delete the screen ${screen.name}?`}
        centered
      >
        <Text size="sm">
          {Object.keys(screen.components).length} components go with it.
          {uses !== undefined &&
            uses > 0 &&
            ` ${uses === 1 ? 'One place' : `${uses} places`} of the app ${uses === 1 ? 'links' : 'link'} to it and will be listed under Problems.`}{' '}
          You can undo this.
        </Text>
        <Group justify="flex-end" mt="md" gap="xs">
          <Button variant="default" onClick={() => setUses(undefined)}>
            Cancel
          </Button>
          <Button color="red" onClick={remove} data-autofocus>
            Delete screen
          </Button>
        </Group>
      </Modal>
    </Group>
  );
}
