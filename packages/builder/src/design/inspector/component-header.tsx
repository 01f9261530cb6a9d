import { memo, useState } from 'react';
import { ActionIcon, Badge, Group, Menu, Text } from '@mantine/core';
import {
  IconArrowBackUp,
  IconComponents,
  IconCopy,
  IconDots,
  IconLock,
  IconStack2,
  IconTrash,
} from '@tabler/icons-react';
import { usesOf } from '@fettle/definition';
import type { ComponentManifest } from '@fettle/sdk';
import { useExtensions } from '../../extensions.ts';
import { useEdits } from '../canvas/edit/use-edits.ts';
import { useDesign, useDispatch } from '../design-context.ts';
import { NameField } from './name-field.tsx';
import { resetEdit } from './setting-command.ts';
import styles from './inspector.module.css';

/** What is selected: its type and name, and what can be done with it as a whole. Typing into a setting leaves it as it is. */
export const ComponentHeader = memo(function ComponentHeader(props: {
  readonly screenId: string;
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly isRoot: boolean;
  readonly hasRule: boolean;
  readonly hasSettings: boolean;
  readonly manifest: ComponentManifest | undefined;
}) {
  const { screenId, id, type, name, isRoot, manifest } = props;
  const { icons, catalog } = useExtensions();
  const { session } = useDesign();
  const dispatch = useDispatch();
  const edits = useEdits();
  const Icon = icons?.Icon;
  const components = () => session.store.getState().app.screens[screenId]?.components ?? {};
  // Counted only when the menu opens: it looks through the whole app.
  const [uses, setUses] = useState(0);
  const count = (): void => {
    const references = usesOf(session.store.getState().app, catalog, { kind: 'component', id, screen: screenId });
    setUses(references.filter(({ from }) => from.component !== id).length);
  };
  const reset = (): void => {
    const edit = resetEdit({ screen: screenId, component: id, names: Object.keys(components()[id]?.settings ?? {}) });
    if (edit !== undefined) dispatch(edit.command);
  };
  return (
    <div className={styles['header']}>
      <Group gap={6} wrap="nowrap">
        {Icon === undefined || manifest === undefined ? (
          <IconComponents size={16} />
        ) : (
          <Icon name={manifest.icon} size={16} />
        )}
        <Text size="sm" fw={600} flex={1} truncate title={manifest?.description}>
          {manifest?.title ?? type}
        </Text>
        {props.hasRule && <IconLock size={14} aria-label="Only some roles see it" />}
        {isRoot && (
          <Badge size="xs" variant="light" color="gray">
            Screen
          </Badge>
        )}
        <Menu position="bottom-end" shadow="md" width={220} onOpen={count}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={`More for ${name}`}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconStack2 size={14} />}
              rightSection={<Keys keys="Ctrl D" />}
              disabled={isRoot}
              onClick={() => edits.duplicate()}
            >
              Duplicate
            </Menu.Item>
            <Menu.Item
              leftSection={<IconCopy size={14} />}
              rightSection={<Keys keys="Ctrl C" />}
              disabled={isRoot}
              onClick={() => void edits.copy()}
            >
              Copy
            </Menu.Item>
            <Menu.Item leftSection={<IconArrowBackUp size={14} />} disabled={!props.hasSettings} onClick={reset}>
              Reset all settings
            </Menu.Item>
            <Menu.Divider />
            {uses > 0 && <Menu.Label>Used in {uses === 1 ? 'one place' : `${uses} places`}</Menu.Label>}
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={14} />}
              rightSection={<Keys keys="Del" />}
              disabled={isRoot}
              onClick={() => edits.remove()}
            >
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <NameField
        label="Name of the component"
        name={name}
        isTaken={(next) =>
          Object.entries(components()).some(([other, { name: taken }]) => other !== id && taken === next)
        }
        onRename={(next) => dispatch({ type: 'component.rename', screen: screenId, component: id, name: next })}
      />
    </div>
  );
});

function Keys({ keys }: { readonly keys: string }) {
  return (
    <Text size="xs" c="dimmed">
      {keys}
    </Text>
  );
}
