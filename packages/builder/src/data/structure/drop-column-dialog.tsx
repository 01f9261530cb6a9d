import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ColumnDescription } from '@fettle/sdk';
import { ErrorState } from '../../shell/error-state.tsx';
import { notifySuccess } from '../../shell/notify.ts';
import type { TablePlace } from '../rows/use-rows.ts';
import { useStructure } from './use-structure.ts';

/** Deleting a column of an internal table takes its values with it. */
export function DropColumnDialog(props: {
  readonly place: TablePlace;
  readonly column: ColumnDescription | undefined;
  readonly onClose: () => void;
}) {
  const { place, column, onClose } = props;
  const structure = useStructure(place.dataSource);
  const drop = (): void => {
    if (column === undefined) return;
    structure.mutate(
      { kind: 'drop-column', table: place.table.id, column: column.name },
      {
        onSuccess: () => {
          notifySuccess(`The column ${column.name} is deleted.`);
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened={column !== undefined} onClose={onClose} title={`Delete the column ${column?.name ?? ''}?`} centered>
      <Stack gap="sm">
        <Text size="sm">All its values in development and production go with it. This cannot be undone.</Text>
        {structure.isError && <ErrorState error={structure.error} title="The column was not deleted" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={structure.isPending} onClick={drop}>
            Delete
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
