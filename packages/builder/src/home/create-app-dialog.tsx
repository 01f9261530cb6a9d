import { useState } from 'react';
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { IconDatabase, IconLayout, IconLayoutGrid, IconSparkles } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { useWorkspace } from '../shell/workspace.tsx';
import { ChoiceCard } from './choice-card.tsx';
import { TablePicker, type PickedTables } from './table-picker.tsx';
import { useCreateApp } from './use-create-app.ts';
import styles from './home.module.css';

type Start = 'blank' | 'tables' | 'demo';

/** Making an app: a name, and what it starts from. */
export function CreateAppDialog(props: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Tables already chosen elsewhere: "Make an app from this table". */
  readonly picked?: PickedTables;
}) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title="New app" size="lg" centered>
      <CreateAppForm onClose={props.onClose} {...(props.picked === undefined ? {} : { initial: props.picked })} />
    </Modal>
  );
}

function CreateAppForm({ onClose, initial }: { readonly onClose: () => void; readonly initial?: PickedTables }) {
  const creation = useCreateApp();
  const { slug } = useWorkspace();
  const [, navigate] = useLocation();
  const [name, setName] = useState('');
  const [start, setStart] = useState<Start>(initial === undefined ? 'blank' : 'tables');
  const [picked, setPicked] = useState<PickedTables | undefined>(initial);
  const isReady = name.trim() !== '' && (start !== 'tables' || (picked?.tables.length ?? 0) > 0);

  const create = (): void => {
    if (start === 'tables' && picked !== undefined) {
      creation.mutate({
        name: name.trim(),
        from: { kind: 'tables', dataSource: picked.dataSource, tables: [...picked.tables] },
      });
    } else if (start !== 'tables') {
      creation.mutate({ name: name.trim(), from: { kind: start } });
    }
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) create();
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="Ticket desk"
          data-autofocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={styles['choices']}>
          <ChoiceCard
            icon={<IconLayout size={18} />}
            title="Blank"
            text="One empty screen."
            isSelected={start === 'blank'}
            onClick={() => setStart('blank')}
          />
          <ChoiceCard
            icon={<IconDatabase size={18} />}
            title="From tables"
            text="Lists, details and forms for the tables you pick."
            isSelected={start === 'tables'}
            onClick={() => setStart('tables')}
          />
          <ChoiceCard
            icon={<IconSparkles size={18} />}
            title="The demo"
            text="A finished IT desk app on sample data."
            isSelected={start === 'demo'}
            onClick={() => setStart('demo')}
          />
          <ChoiceCard
            icon={<IconLayoutGrid size={18} />}
            title="From a template"
            text="Opens the gallery of complete apps."
            onClick={() => navigate(`/w/${slug}/templates`)}
          />
        </div>
        {start === 'tables' && <TablePicker value={picked} onChange={setPicked} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!isReady} loading={creation.isPending}>
            Create app
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
