import { useMemo, useState } from 'react';
import { Badge, Drawer, Group, Loader, Stack, Tabs, Text } from '@mantine/core';
import type { QueryResult } from '@fettle/sdk';
import { ErrorState } from '../../shell/error-state.tsx';
import { DataGrid } from '../grid/data-grid.tsx';
import { typeTitle } from '../grid/column-icon.tsx';
import { RowDetails } from '../rows/row-details.tsx';
import { tableOf, type ResultTable } from './result-rows.ts';
import type { QueryRun } from './use-try-query.ts';
import styles from './query.module.css';

/** What the last run gave: rows, types and time, or what went wrong. */
export function QueryResultView({ run, dataSource }: { readonly run: QueryRun; readonly dataSource: string }) {
  if (run.isRunning) {
    return (
      <Group gap="xs" role="status">
        <Loader size={14} />
        <Text size="sm" c="dimmed">
          Running
        </Text>
      </Group>
    );
  }
  if (run.error !== null && run.error !== undefined) return <ErrorState error={run.error} title="The query failed" />;
  if (run.result === undefined) {
    return (
      <Text size="sm" c="dimmed">
        Results appear here.
      </Text>
    );
  }
  return <Result result={run.result} dataSource={dataSource} />;
}

function Result({ result, dataSource }: { readonly result: QueryResult; readonly dataSource: string }) {
  const table = useMemo(() => tableOf(result), [result]);
  const json = useMemo(() => JSON.stringify(result.data, null, 2), [result]);
  return (
    <Stack gap="xs">
      <Facts result={result} table={table} />
      <Tabs defaultValue={table === undefined ? 'json' : 'rows'} keepMounted={false}>
        <Tabs.List>
          {table !== undefined && <Tabs.Tab value="rows">Rows</Tabs.Tab>}
          {table !== undefined && <Tabs.Tab value="types">Types</Tabs.Tab>}
          <Tabs.Tab value="json">JSON</Tabs.Tab>
        </Tabs.List>
        {table !== undefined && (
          <Tabs.Panel value="rows">
            <ResultGrid table={table} dataSource={dataSource} />
          </Tabs.Panel>
        )}
        {table !== undefined && (
          <Tabs.Panel value="types" pt="sm">
            <Stack gap={4}>
              {table.columns.map(({ name, type }) => (
                <Group key={name} gap="sm">
                  <Text size="sm" fw={500} w={220} truncate>
                    {name}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {typeTitle(type)}
                  </Text>
                </Group>
              ))}
            </Stack>
          </Tabs.Panel>
        )}
        <Tabs.Panel value="json" pt="sm">
          <pre className={styles['json']}>{json.length > 200_000 ? `${json.slice(0, 200_000)}\n…` : json}</pre>
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

function Facts({ result, table }: { readonly result: QueryResult; readonly table: ResultTable | undefined }) {
  const facts = [
    table === undefined
      ? undefined
      : `${table.rows.length.toLocaleString('en')} ${table.rows.length === 1 ? 'row' : 'rows'}`,
    result.affectedRows === undefined ? undefined : `${result.affectedRows.toLocaleString('en')} changed`,
    `${Math.round(result.durationMs)} ms`,
  ].filter((fact) => fact !== undefined);
  return (
    <Group gap="sm" role="status">
      <Text size="sm" c="dimmed" data-numeric="">
        {facts.join(' · ')}
      </Text>
      {result.truncated && (
        <Badge variant="light" color="yellow" tt="none">
          Cut: there is more
        </Badge>
      )}
    </Group>
  );
}

function ResultGrid({ table, dataSource }: { readonly table: ResultTable; readonly dataSource: string }) {
  const [open, setOpen] = useState<number>();
  const columns = useMemo(
    () => table.columns.map(({ name, type }) => ({ id: name, title: name, type, isSortable: false })),
    [table],
  );
  const row = open === undefined ? undefined : table.rows[open];
  if (table.rows.length === 0) {
    return (
      <Text size="sm" c="dimmed" py="sm">
        No rows.
      </Text>
    );
  }
  return (
    <div className={styles['results']}>
      <DataGrid
        label="Result"
        storageKey={`${dataSource}/query`}
        columns={columns}
        rows={table.rows}
        onOpen={setOpen}
        openRow={open}
      />
      <Drawer
        opened={row !== undefined}
        onClose={() => setOpen(undefined)}
        position="right"
        size="md"
        title={`Row ${(open ?? 0) + 1}`}
      >
        {row !== undefined && <RowDetails columns={table.columns} row={row} />}
      </Drawer>
    </div>
  );
}
