import { useMemo } from 'react';
import { Stack, Text } from '@mantine/core';
import type { EventAction } from '@fettle/definition';
import type { EventDescription } from '@fettle/sdk';
import { BindingScopeProvider, useExtendedScope } from '../binding/binding-scope.ts';
import { useSampleRow } from '../editors/use-sample.ts';
import type { FieldProblem } from '../editors/form-place.ts';
import { problemsBelow } from '../inspector/component-problems.ts';
import { typingKey } from './action-list.ts';
import { ActionStack } from './action-stack.tsx';
import { hasRows, sampleEvent } from './sample-of-schema.ts';
import styles from './events.module.css';

/** Props of {@link EventsEditor}. */
export interface EventsEditorProps {
  readonly events: readonly EventDescription[];
  readonly value: Readonly<Record<string, readonly EventAction[]>>;
  /** Problems by path below the events: `click/0/settings/query`. */
  readonly problems: ReadonlyMap<string, FieldProblem>;
  /** Id of the component or screen. */
  readonly owner: string;
  readonly onEdit: (event: string, actions: readonly EventAction[], options: { readonly mergeKey?: string }) => void;
}

/** What happens on each event of a component or screen. */
export function EventsEditor(props: EventsEditorProps) {
  const { events, value } = props;
  const unknown = Object.keys(value)
    .filter((name) => !events.some((event) => event.name === name))
    .map((name) => ({ name, title: `${name} (no longer offered)` }));
  if (events.length === 0 && unknown.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing happens in this component that could start an action.
      </Text>
    );
  }
  return (
    <Stack gap="md">
      {[...events, ...unknown].map((event) => (
        <EventSection key={event.name} event={event} {...props} />
      ))}
    </Stack>
  );
}

function EventSection({
  event,
  value,
  problems,
  owner,
  onEdit,
}: EventsEditorProps & { readonly event: EventDescription }) {
  const actions = value[event.name] ?? [];
  const row = useSampleRow(actions.length > 0 && hasRows(event.payload));
  const extra = useMemo(() => ({ event: sampleEvent(event.payload, row) }), [event, row]);
  const scope = useExtendedScope(extra);
  const below = useMemo(() => problemsBelow(problems, event.name), [event.name, problems]);
  const change = (next: readonly EventAction[]): void => {
    const mergeKey = typingKey(owner, event.name, actions, next);
    onEdit(event.name, next, mergeKey === undefined ? {} : { mergeKey });
  };
  return (
    <section aria-label={event.title} data-setting={event.name}>
      <div className={styles['eventHead']}>
        <Text size="sm" fw={600}>
          {event.title}
        </Text>
      </div>
      <BindingScopeProvider value={scope}>
        <ActionStack actions={actions} onChange={change} problems={below} path={event.name} />
      </BindingScopeProvider>
    </section>
  );
}
