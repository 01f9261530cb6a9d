import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import type { Row, TableDescription } from '@fettle/sdk';
import { cellText } from '../grid/cell-text.ts';
import styles from '../data.module.css';

/** Somebody else changed the row meanwhile: both versions, and the choice. */
export function ConflictNotice(props: {
  readonly table: TableDescription;
  readonly values: Row;
  readonly theirs: Row;
  readonly isBusy: boolean;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}) {
  const changed = props.table.columns.filter(({ name }) => Object.hasOwn(props.values, name));
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<IconGitMerge size={16} />}
      title="The row was changed by somebody else"
    >
      <Stack gap="xs">
        <Text size="sm">Nothing is saved yet. Compare and choose.</Text>
        <div className={styles['tableWrap']}>
          <Table verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Column</Table.Th>
                <Table.Th>Stored now</Table.Th>
                <Table.Th>Yours</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {changed.map((column) => (
                <Table.Tr key={column.name}>
                  <Table.Td>{column.name}</Table.Td>
                  <Table.Td>{cellText(props.theirs[column.name], column).text}</Table.Td>
                  <Table.Td>{cellText(props.values[column.name], column).text}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
        <Group gap="xs">
          <Button variant="default" onClick={props.onTakeTheirs}>
            Take the stored row
          </Button>
          <Button loading={props.isBusy} onClick={props.onKeepMine}>
            Save mine over it
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
