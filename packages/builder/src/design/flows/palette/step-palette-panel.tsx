import { useMemo, useState } from 'react';
import { Stack, Text, TextInput, Tooltip, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useExtensions } from '../../../extensions.ts';
import { Panel } from '../../panels/panel.tsx';
import { beginFlowDrag } from '../canvas/flow-drag.ts';
import { useStepEdits } from '../edit/use-step-edits.ts';
import { EntryIcon } from './entry-icon.tsx';
import { findEntries, paletteEntries, type PaletteEntry } from './palette-entries.ts';
import styles from './palette.module.css';

/** Everything that can be put into a flow: drag it onto the canvas, or press it to add it behind the selection. */
export function StepPalettePanel() {
  const { flows } = useExtensions();
  const [search, setSearch] = useState('');
  const entries = useMemo(() => paletteEntries(flows.actions), [flows.actions]);
  const groups = useMemo(() => findEntries(entries, search), [entries, search]);
  return (
    <Panel title="Add a step">
      <TextInput
        aria-label="Search steps and actions"
        placeholder="Search steps and actions"
        leftSection={<IconSearch size={14} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {groups.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing matches.
        </Text>
      )}
      {groups.map((group) => (
        <Stack key={group.category} gap={0} component="section" aria-label={group.category}>
          <Text size="xs" fw={600} c="dimmed" mb={2}>
            {group.category}
          </Text>
          {group.entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </Stack>
      ))}
    </Panel>
  );
}

function Entry({ entry }: { readonly entry: PaletteEntry }) {
  const edits = useStepEdits();
  return (
    <Tooltip label={entry.description} position="right" openDelay={500} multiline maw={260}>
      <UnstyledButton
        className={styles['entry'] ?? ''}
        data-draggable=""
        onPointerDown={(event) => beginFlowDrag(event, { kind: 'new', choice: entry.choice, title: entry.title })}
        onClick={() => {
          const place = edits.target();
          if (place !== undefined) edits.add(entry.choice, place);
        }}
      >
        <EntryIcon entry={entry} />
        <span className={styles['title']}>{entry.title}</span>
      </UnstyledButton>
    </Tooltip>
  );
}
