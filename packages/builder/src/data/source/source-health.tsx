import { Group, Loader, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { DataSourceInfo } from '@fettle/contract';
import { hasTables, useConnectorOf, useSchema } from '../use-data.ts';

/** Whether the structure of a data source could be read, in a few words. */
export function SourceHealth({ source }: { readonly source: DataSourceInfo }) {
  const isWithTables = hasTables(useConnectorOf(source));
  const schema = useSchema(source.id, isWithTables);
  if (!isWithTables) return <Text size="sm">Queries only</Text>;
  if (schema.isPending) return <Loader size={14} aria-label="Reading the tables" />;
  if (schema.isError) {
    return (
      <Tooltip label={schema.error.message} multiline maw={360}>
        <Group gap={6} wrap="nowrap" c="red">
          <IconAlertTriangle size={14} />
          <Text size="sm">Cannot be reached</Text>
        </Group>
      </Tooltip>
    );
  }
  const count = schema.data.schema.tables.length;
  return (
    <Group gap={6} wrap="nowrap">
      <IconCircleCheck size={14} color="var(--fettle-success-text)" />
      <Text size="sm">
        {count} {count === 1 ? 'table' : 'tables'}
      </Text>
    </Group>
  );
}
