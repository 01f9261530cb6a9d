import { useState } from 'react';
import { ActionIcon, Button, Group, Menu, Text, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import {
  IconBolt,
  IconCopy,
  IconDots,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlus,
  IconRoute2,
  IconSearch,
  IconTrash,
} from '@tabler/icons-react';
import { isName, labelFromName } from '@fettle/base';
import { allSteps, type Flow } from '@fettle/definition';
import { useExtensions } from '../../../extensions.ts';
import { matchesSearch } from '../../../home/matches-search.ts';
import { EmptyState } from '../../../shell/empty-state.tsx';
import { useApp, useDesign, useDispatch, useView } from '../../design-context.ts';
import { Panel } from '../../panels/panel.tsx';
import { ManifestIcon } from '../../panels/palette/manifest-icon.tsx';
import { usePauses } from '../pause/use-pauses.ts';
import { copyFlow } from './copy-flow.ts';
import { DeleteFlowDialog } from './delete-flow-dialog.tsx';
import { NewFlowDialog } from './new-flow-dialog.tsx';
import { OperationsLink } from './operations-link.tsx';
import styles from './flows-panel.module.css';

/** Lists longer than this can be searched. */
const searchFrom = 8;

/** The flows of the app: open, add, rename, duplicate, delete. */
export function FlowsPanel() {
  const flows = useApp((app) => app.flows);
  const [isAdding, setIsAdding] = useState(false);
  const [search, setSearch] = useState('');
  const [leaving, setLeaving] = useState<Flow>();
  const all = Object.values(flows).toSorted((a, b) => a.name.localeCompare(b.name));
  const shown = all.filter(({ name, description = '' }) =>
    matchesSearch(search, [name, labelFromName(name), description]),
  );
  return (
    <Panel
      title="Flows"
      actions={
        <Group gap={2} wrap="nowrap">
          <OperationsLink />
          <Tooltip label="Add flow" openDelay={300}>
            <ActionIcon variant="subtle" color="gray" aria-label="Add flow" onClick={() => setIsAdding(true)}>
              <IconPlus size={16} />
            </ActionIcon>
          </Tooltip>
        </Group>
      }
    >
      {all.length === 0 && (
        <EmptyState
          icon={<IconRoute2 size={20} />}
          title="No flows yet"
          text="A flow does something when something happens: on a schedule, when a row changes, when a request comes in, or when a button is pressed."
        >
          <Button leftSection={<IconPlus size={14} />} onClick={() => setIsAdding(true)}>
            Add the first flow
          </Button>
        </EmptyState>
      )}
      {all.length >= searchFrom && (
        <TextInput
          aria-label="Search flows"
          placeholder="Search flows"
          leftSection={<IconSearch size={14} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {all.length > 0 && (
        <ul className={styles['list']} aria-label="Flows of the app">
          {shown.map((flow) => (
            <FlowRow key={flow.id} flow={flow} onDelete={() => setLeaving(flow)} />
          ))}
        </ul>
      )}
      {all.length > 0 && shown.length === 0 && (
        <Text size="sm" c="dimmed">
          No flow matches.
        </Text>
      )}
      <NewFlowDialog isOpen={isAdding} onClose={() => setIsAdding(false)} />
      <DeleteFlowDialog flow={leaving} onClose={() => setLeaving(undefined)} />
    </Panel>
  );
}

function FlowRow({ flow, onDelete }: { readonly flow: Flow; readonly onDelete: () => void }) {
  const { view } = useDesign();
  const { flows: manifests } = useExtensions();
  const dispatch = useDispatch();
  const isCurrent = useView((state) => state.flow === flow.id);
  const flows = useApp((app) => app.flows);
  const [isRenaming, setIsRenaming] = useState(false);
  const isPaused = usePauses(flow.id).some(({ environment }) => environment === 'production');
  const trigger = manifests.triggers.find(({ id }) => id === flow.trigger.type);
  const count = allSteps(flow.steps).length;
  if (isRenaming) return <RenameRow flow={flow} onDone={() => setIsRenaming(false)} />;
  const duplicate = (): void => {
    const copy = copyFlow(Object.values(flows), flow);
    if (dispatch({ type: 'flow.add', flow: copy })) view.openFlow(copy.id);
  };
  return (
    <li className={styles['row']} data-active={isCurrent ? '' : undefined}>
      <UnstyledButton
        className={styles['main'] ?? ''}
        aria-current={isCurrent ? 'page' : undefined}
        title={flow.description}
        onClick={() => view.openFlow(flow.id)}
        onDoubleClick={() => setIsRenaming(true)}
      >
        <span className={styles['icon']} data-off={flow.disabled === true ? '' : undefined}>
          {trigger === undefined ? <IconBolt size={16} /> : <ManifestIcon name={trigger.icon} size={16} />}
        </span>
        <span className={styles['words']}>
          <Text size="sm" component="span" truncate display="block">
            {labelFromName(flow.name)}
          </Text>
          <Text size="xs" c="dimmed" component="span" truncate display="block">
            {flow.disabled === true ? 'Off · ' : isPaused ? 'Paused · ' : ''}
            {trigger?.title ?? flow.trigger.type} · {count === 1 ? '1 step' : `${count} steps`}
          </Text>
        </span>
      </UnstyledButton>
      <Menu width={180} position="bottom-end">
        <Menu.Target>
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`More for ${labelFromName(flow.name)}`}>
            <IconDots size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setIsRenaming(true)}>
            Rename
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={14} />} onClick={duplicate}>
            Duplicate
          </Menu.Item>
          <Menu.Item
            leftSection={flow.disabled === true ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
            onClick={() =>
              dispatch({
                type: 'flow.update',
                flow: flow.id,
                changes: { disabled: flow.disabled === true ? null : true },
              })
            }
          >
            {flow.disabled === true ? 'Turn on' : 'Turn off'}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={onDelete}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

function RenameRow({ flow, onDone }: { readonly flow: Flow; readonly onDone: () => void }) {
  const dispatch = useDispatch();
  const flows = useApp((app) => app.flows);
  const [name, setName] = useState(flow.name);
  const isTaken = Object.values(flows).some(
    (other) => other.id !== flow.id && other.name.toLowerCase() === name.toLowerCase(),
  );
  const problem = !isName(name)
    ? 'Letters, digits and _; a letter first.'
    : isTaken
      ? 'This name is taken.'
      : undefined;
  const commit = (): void => {
    if (problem === undefined && name !== flow.name) dispatch({ type: 'flow.rename', flow: flow.id, name });
    onDone();
  };
  return (
    <li>
      <TextInput
        aria-label={`New name of ${flow.name}`}
        autoFocus
        spellCheck={false}
        value={name}
        error={problem ?? false}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') onDone();
        }}
      />
    </li>
  );
}
