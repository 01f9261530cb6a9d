import { useState } from 'react';
import { ActionIcon, Menu, Stack, Text, UnstyledButton } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconChevronRight,
  IconCopy,
  IconDots,
  IconTrash,
} from '@tabler/icons-react';
import type { EventAction } from '@fettle/definition';
import { useExtensions } from '../../extensions.ts';
import { useApp, useCurrentScreen, useView } from '../design-context.ts';
import { designEditors } from '../editors/design-editors.ts';
import { RootForm } from '../editors/design-form.tsx';
import { isWithin, type FieldProblem } from '../editors/form-place.ts';
import { focusPlace } from '../inspector/focus-place.ts';
import { problemsBelow } from '../inspector/component-problems.ts';
import { ProblemMark, worstOf } from '../panels/problems/problem-mark.tsx';
import editorStyles from '../editors/editors.module.css';
import { ActionBranches } from './action-branches.tsx';
import { ActionConditions } from './action-conditions.tsx';
import { changeSetting } from './action-list.ts';
import type { RenderActions } from './action-stack-props.ts';
import { summariseAction } from './summarise-action.ts';
import styles from './events.module.css';

/** One action: a line that opens to its settings, conditions and branches. */
export function ActionCard(props: {
  readonly action: EventAction;
  readonly index: number;
  readonly count: number;
  readonly path: string;
  readonly isOpenAtFirst: boolean;
  readonly renderActions: RenderActions;
  readonly problems: ReadonlyMap<string, FieldProblem>;
  readonly onChange: (action: EventAction) => void;
  readonly onMove: (to: number) => void;
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
}) {
  const { action, index, count, path, problems, onChange, onMove } = props;
  const { eventActions, icons } = useExtensions();
  const app = useApp((whole) => whole);
  const screen = useCurrentScreen();
  const focus = useView((state) => state.focus);
  const place = focus === undefined ? undefined : focusPlace(focus);
  const isFocused = place?.tab === 'events' && isWithin(place.path, path);
  const [isOpen, setIsOpen] = useState(props.isOpenAtFirst || isFocused);
  const [seen, setSeen] = useState(focus);
  if (seen !== focus) {
    setSeen(focus);
    if (isFocused) setIsOpen(true);
  }
  const manifest = eventActions.find((extension) => extension.manifest.id === action.type)?.manifest;
  const Icon = icons?.Icon;
  const severity = worstOf(problems.values());
  const title = manifest?.title ?? action.type;
  const summary = summariseAction(action, manifest, app, screen);
  return (
    <div role="listitem" className={editorStyles['card']} data-setting={path}>
      <div className={editorStyles['cardHead']}>
        <UnstyledButton
          className={editorStyles['cardTitle'] ?? ''}
          aria-expanded={isOpen}
          title="Alt and arrow keys move it"
          onClick={() => setIsOpen(!isOpen)}
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
            event.preventDefault();
            onMove(index + (event.key === 'ArrowUp' ? -1 : 1));
          }}
        >
          {isOpen ? <IconChevronDown size={12} /> : <IconChevronRight size={12} />}
          {Icon !== undefined && manifest !== undefined && <Icon name={manifest.icon} size={14} />}
          <span style={{ flex: 'none' }}>{title}</span>
          {!isOpen && <span className={styles['summary']}>{summary}</span>}
          {severity !== undefined && <ProblemMark severity={severity} label="Has problems" />}
        </UnstyledButton>
        <CardMenu title={title} {...props} count={count} />
      </div>
      {isOpen && (
        <Stack gap="sm" className={editorStyles['cardBody'] ?? ''}>
          {manifest === undefined ? (
            <Text size="sm" c="dimmed">
              The plugin “{action.type.split('/')[0]}” is not installed, or turned off. The action keeps its settings
              and works again when the plugin is back; until then the app cannot be published.
            </Text>
          ) : (
            <>
              <RootForm
                editors={designEditors}
                schema={manifest.settings}
                values={action.settings}
                problems={problemsBelow(problems, 'settings')}
                onChange={(name, value) => onChange(changeSetting(action, name, value))}
              />
              {manifest.server !== undefined && (
                <Text size="xs" c="dimmed">
                  Runs on the server. Values of expressions come from whoever uses the app; everything else stays on the
                  server.
                </Text>
              )}
            </>
          )}
          <ActionConditions action={action} problems={problems} onChange={onChange} />
          <ActionBranches
            action={action}
            manifest={manifest}
            problems={problems}
            path={path}
            onChange={onChange}
            renderActions={props.renderActions}
          />
        </Stack>
      )}
    </div>
  );
}

function CardMenu(props: {
  readonly title: string;
  readonly index: number;
  readonly count: number;
  readonly onMove: (to: number) => void;
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
}) {
  const { title, index, count, onMove, onDuplicate, onRemove } = props;
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`More for ${title}`}>
          <IconDots size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowUp size={14} />} disabled={index === 0} onClick={() => onMove(index - 1)}>
          Move up
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown size={14} />}
          disabled={index === count - 1}
          onClick={() => onMove(index + 1)}
        >
          Move down
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={14} />} onClick={onDuplicate}>
          Duplicate
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={onRemove}>
          Remove
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
