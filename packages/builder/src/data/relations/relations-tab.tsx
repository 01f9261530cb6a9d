import { Stack, Table, Text } from '@mantine/core';
import { IconSitemap } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { RelationDescription } from '@fettle/sdk';
import { EmptyState } from '../../shell/empty-state.tsx';
import { useDataPaths } from '../data-paths.ts';
import type { TablePlace } from '../rows/use-rows.ts';
import { RelationDiagram } from './relation-diagram.tsx';
import styles from '../data.module.css';

/** What a table is linked with, as a drawing and as a list. */
export function RelationsTab({ place }: { readonly place: TablePlace }) {
  const { table, dataSource } = place;
  const paths = useDataPaths();
  if (table.relations.length === 0) {
    return (
      <EmptyState
        icon={<IconSitemap size={20} />}
        title="No relations"
        text="Relations come from the foreign keys of the database. This table has none, and no other table points to it."
      />
    );
  }
  return (
    <Stack gap="lg">
      <RelationDiagram place={place} />
      <div className={styles['tableWrap']}>
        <Table verticalSpacing={5} horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Relation</Table.Th>
              <Table.Th>Each row links to</Table.Th>
              <Table.Th>Table</Table.Th>
              <Table.Th>Through</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {table.relations.map((relation) => (
              <Table.Tr key={relation.name}>
                <Table.Td>
                  <Text size="sm" fw={500}>
                    {relation.name}
                  </Text>
                </Table.Td>
                <Table.Td>{relation.kind === 'one' ? 'at most one row' : 'any number of rows'}</Table.Td>
                <Table.Td>
                  <Link
                    href={paths.table(dataSource, relation.table, 'relations')}
                    className={styles['plainLink'] ?? ''}
                  >
                    {relation.table}
                  </Link>
                </Table.Td>
                <Table.Td className={styles['mono'] ?? ''}>{throughOf(relation)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Stack>
  );
}

function throughOf(relation: RelationDescription): string {
  const pairs = relation.columns
    .map((column, index) => `${column} = ${relation.foreignColumns[index] ?? '?'}`)
    .join(', ');
  return relation.through === undefined
    ? pairs
    : `${relation.through.table} (${relation.through.columns.join(', ')} – ${relation.through.foreignColumns.join(', ')})`;
}
