import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Stack, Tabs, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { Component, EventAction, Screen } from '@fettle/definition';
import { useExtensions } from '../../extensions.ts';
import { BindingScopeProvider } from '../binding/binding-scope.ts';
import { useDispatch, useView } from '../design-context.ts';
import { designEditors } from '../editors/design-editors.ts';
import { RootForm } from '../editors/design-form.tsx';
import { EventsEditor } from '../events/events-editor.tsx';
import { ProblemMark, worstOf } from '../panels/problems/problem-mark.tsx';
import { useProblems } from '../panels/problems/use-problems.ts';
import { AccessTab } from './access-tab.tsx';
import { ComponentHeader } from './component-header.tsx';
import { problemsOf, type ProblemsByTab } from './component-problems.ts';
import { focusPlace, type InspectorTab } from './focus-place.ts';
import { LayoutTab } from './layout-tab.tsx';
import { resetEdit, settingEdit } from './setting-command.ts';
import { useRevealedSetting } from './use-revealed-setting.ts';
import styles from './inspector.module.css';

const tabs: readonly { readonly value: InspectorTab; readonly label: string }[] = [
  { value: 'settings', label: 'Settings' },
  { value: 'events', label: 'Events' },
  { value: 'layout', label: 'Layout' },
  { value: 'access', label: 'Access' },
];

// The part that was open stays open from one component to the next.
let lastTab: InspectorTab = 'settings';

interface Props {
  readonly screen: Screen;
  readonly id: string;
  readonly component: Component;
}

/** Everything that can be set on one component. */
export function ComponentInspector({ screen, id, component }: Props) {
  const { components } = useExtensions();
  const manifest = useMemo(
    () => components.find((extension) => extension.manifest.id === component.type)?.manifest,
    [component.type, components],
  );
  const problems = useProblems();
  const sorted = useMemo(() => problemsOf(problems, screen.id, id), [id, problems, screen.id]);
  const focus = useView((state) => state.focus);
  const [tab, setTab] = useState<InspectorTab>(lastTab);
  const body = useRef<HTMLDivElement>(null);
  const open = useCallback((next: InspectorTab): void => {
    lastTab = next;
    setTab(next);
  }, []);
  useEffect(() => {
    if (focus !== undefined) open(focusPlace(focus).tab);
  }, [focus, open]);
  useRevealedSetting(body, focus, tab);
  const scope = useMemo(() => ({ component: id, extra: {} }), [id]);
  return (
    <BindingScopeProvider value={scope}>
      <div className={styles['inspector']}>
        <div className={styles['top']}>
          <ComponentHeader
            screenId={screen.id}
            id={id}
            type={component.type}
            name={component.name}
            isRoot={id === screen.root}
            hasRule={component.access !== undefined}
            hasSettings={Object.keys(component.settings).length > 0}
            manifest={manifest}
          />
          <PartTabs tab={tab} onOpen={open} eventActions={countActions(component)} problems={sorted} />
        </div>
        <div ref={body} className={styles['body']}>
          {tab === 'settings' && (
            <SettingsTab screen={screen} id={id} component={component} schema={manifest?.settings} problems={sorted} />
          )}
          {tab === 'events' && <EventsTab screen={screen} id={id} component={component} problems={sorted} />}
          {tab === 'layout' && <LayoutTab screen={screen} id={id} component={component} problems={sorted.layout} />}
          {tab === 'access' && <AccessTab screen={screen} ids={[id]} access={component.access} />}
        </div>
      </div>
    </BindingScopeProvider>
  );
}

const PartTabs = memo(function PartTabs(props: {
  readonly tab: InspectorTab;
  readonly onOpen: (tab: InspectorTab) => void;
  readonly eventActions: number;
  readonly problems: ProblemsByTab;
}) {
  return (
    <Tabs value={props.tab} onChange={(next) => props.onOpen((next ?? 'settings') as InspectorTab)}>
      <Tabs.List grow aria-label="Parts of the settings">
        {tabs.map(({ value, label }) => (
          <Tabs.Tab key={value} value={value} px={6} py={6} fz={13}>
            {label}
            <TabMark tab={value} eventActions={props.eventActions} problems={props.problems} />
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
});

function countActions(component: Component): number {
  return Object.values(component.events ?? {}).reduce((sum, actions) => sum + actions.length, 0);
}

function TabMark({
  tab,
  eventActions,
  problems,
}: {
  readonly tab: InspectorTab;
  readonly eventActions: number;
  readonly problems: ProblemsByTab;
}) {
  const severity = worstOf(problems[tab].values());
  if (severity !== undefined)
    return (
      <span className={styles['problem']}>
        <ProblemMark severity={severity} label="Has problems" />
      </span>
    );
  const count = tab === 'events' ? eventActions : 0;
  return count === 0 ? null : <span className={styles['count']}>{count}</span>;
}

function SettingsTab({
  screen,
  id,
  component,
  schema,
  problems,
}: Props & { readonly schema: unknown; readonly problems: ProblemsByTab }) {
  const dispatch = useDispatch();
  const [search, setSearch] = useState('');
  const focus = useView((state) => state.focus);
  const latest = useRef(component.settings);
  latest.current = component.settings;
  const place = focus === undefined ? undefined : focusPlace(focus);
  const change = useCallback(
    (name: string, value: unknown): void => {
      const edit = settingEdit({ screen: screen.id, component: id, name, before: latest.current[name], after: value });
      if (edit !== undefined) dispatch(edit.command, edit.mergeKey === undefined ? {} : { mergeKey: edit.mergeKey });
    },
    [dispatch, id, screen.id],
  );
  const reset = useCallback(
    (names: readonly string[]): void => {
      const edit = resetEdit({ screen: screen.id, component: id, names });
      if (edit !== undefined) dispatch(edit.command);
    },
    [dispatch, id, screen.id],
  );
  if (schema === undefined) {
    return (
      <Text size="sm" c="dimmed">
        The component type {component.type} is not installed. Install the plugin that brings it, or delete the
        component.
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      <TextInput
        aria-label="Search settings"
        placeholder="Search settings"
        leftSection={<IconSearch size={14} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && setSearch('')}
      />
      <RootForm
        editors={designEditors}
        schema={schema}
        values={component.settings}
        onChange={change}
        reset={reset}
        search={search}
        problems={problems.settings}
        focus={place?.tab === 'settings' ? place.path : undefined}
      />
    </Stack>
  );
}

function EventsTab({ screen, id, component, problems }: Props & { readonly problems: ProblemsByTab }) {
  const { components } = useExtensions();
  const dispatch = useDispatch();
  const events = components.find((extension) => extension.manifest.id === component.type)?.manifest.events ?? [];
  return (
    <EventsEditor
      events={events}
      value={component.events ?? {}}
      problems={problems.events}
      owner={id}
      onEdit={(event, actions: readonly EventAction[], options) =>
        dispatch({ type: 'events.set', screen: screen.id, component: id, event, actions: [...actions] }, options)
      }
    />
  );
}
