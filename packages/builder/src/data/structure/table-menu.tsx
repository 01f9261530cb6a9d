import { useState } from 'react';
import { ActionIcon, Button, Group, Menu, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { ErrorState } from '../../shell/error-state.tsx';
import { notifySuccess } from '../../shell/notify.ts';
import { useDataPaths } from '../data-paths.ts';
import type { TablePlace } from '../rows/use-rows.ts';
import { nameProblem } from './field-draft.ts';
import { useStructure } from './use-structure.ts';

/** Renaming and deleting an internal table. */
export function TableMenu({ place }: { readonly place: TablePlace }) {
  const [open, setOpen] = useState<'rename' | 'delete'>();
  const close = (): void => setOpen(undefined);
  const { name } = place.table;
  return (
    <>
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <ActionIcon variant="default" size={28} aria-label={`More for ${name}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setOpen('rename')}>
            Rename table
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={() => setOpen('delete')}>
            Delete table
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={open === 'rename'} onClose={close} title={`Rename ${name}`} centered>
        <RenameForm place={place} onClose={close} />
      </Modal>
      <Modal opened={open === 'delete'} onClose={close} title={`Delete ${name}?`} centered>
        <DeleteForm place={place} onClose={close} />
      </Modal>
    </>
  );
}

interface FormProps {
  readonly place: TablePlace;
  readonly onClose: () => void;
}

function RenameForm({ place, onClose }: FormProps) {
  const { table, schema, dataSource } = place;
  const paths = useDataPaths();
  const [, navigate] = useLocation();
  const [name, setName] = useState(table.name);
  const structure = useStructure(dataSource);
  const others = schema.tables.map(({ id }) => id).filter((id) => id !== table.id);
  const problem = nameProblem(name, others);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (problem !== undefined) return;
        structure.mutate(
          { kind: 'rename-table', table: table.id, name },
          {
            onSuccess: () => {
              onClose();
              navigate(paths.table(dataSource, name), { replace: true });
            },
          },
        );
      }}
    >
      <Stack gap="sm">
        <TextInput
          label="Name"
          value={name}
          error={name === table.name ? undefined : problem}
          maxLength={60}
          data-autofocus
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          Apps that use the table keep the old name: their problems panel shows where to change it.
        </Text>
        {structure.isError && <ErrorState error={structure.error} title="The table was not renamed" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={problem !== undefined || name === table.name} loading={structure.isPending}>
            Rename
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function DeleteForm({ place, onClose }: FormProps) {
  const { table, dataSource } = place;
  const paths = useDataPaths();
  const [, navigate] = useLocation();
  const [confirm, setConfirm] = useState('');
  const structure = useStructure(dataSource);
  const linked = table.relations
    .filter(({ kind, through }) => kind === 'many' && through === undefined)
    .map((relation) => relation.table);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        structure.mutate(
          { kind: 'drop-table', table: table.id, confirm },
          {
            onSuccess: () => {
              notifySuccess(`The table ${table.name} is deleted.`);
              onClose();
              navigate(paths.source(dataSource));
            },
          },
        );
      }}
    >
      <Stack gap="sm">
        <Text size="sm">
          All its rows in development and production go with it.
          {linked.length > 0 && ` These tables link to it: ${[...new Set(linked)].join(', ')}.`} This cannot be undone.
        </Text>
        <TextInput
          label={`Type “${table.id}” to confirm`}
          value={confirm}
          data-autofocus
          autoComplete="off"
          onChange={(event) => setConfirm(event.currentTarget.value)}
        />
        {structure.isError && <ErrorState error={structure.error} title="The table was not deleted" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
          <Button type="submit" color="red" disabled={confirm !== table.id} loading={structure.isPending}>
            Delete
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
