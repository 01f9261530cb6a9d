import { useState } from 'react';
import { Button, FileInput, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconFileTypeCsv } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import { useClient } from '../../api/client.ts';
import { ErrorState } from '../../shell/error-state.tsx';
import { notifySuccess } from '../../shell/notify.ts';
import { useWorkspace } from '../../shell/workspace.tsx';
import { CsvProgress } from '../rows/csv-progress.tsx';
import { useCsvUpload } from '../rows/use-csv-upload.ts';
import { useSchema } from '../use-data.ts';
import { nameProblem } from './field-draft.ts';

/** A table made out of a CSV file: columns and types are taken from what is in it. */
export function TableFromCsv(props: {
  readonly dataSource: string;
  readonly onClose: () => void;
  readonly onDone: (table: string) => void;
}) {
  const { dataSource } = props;
  const client = useClient();
  const queries = useQueryClient();
  const { id: workspaceId } = useWorkspace();
  const tables = useSchema(dataSource).data?.schema.tables ?? [];
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const problem = nameProblem(
    name,
    tables.map(({ id }) => id),
  );
  const { upload, part, cancel } = useCsvUpload<{ readonly table: string; readonly imported: number }>({
    dataSource,
    urlOf: () => client.url(routes.dataSources.importTable, { params: { workspaceId, dataSource }, query: { name } }),
    onDone: async ({ table, imported }) => {
      await queries.invalidateQueries({ queryKey: ['schema', workspaceId, dataSource] });
      notifySuccess(`The table ${table} is made with ${imported.toLocaleString('en')} rows.`);
      props.onDone(table);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (file !== null && problem === undefined) upload.mutate(file);
      }}
    >
      <Stack gap="md">
        <FileInput
          label="CSV file"
          description="The first line names the columns. Types are found from the values; you can change them later."
          placeholder="Choose a file"
          accept=".csv,text/csv"
          clearable
          leftSection={<IconFileTypeCsv size={14} />}
          value={file}
          disabled={upload.isPending}
          onChange={(next) => {
            setFile(next);
            upload.reset();
            // A name nobody typed follows the file.
            const isUntouched = name === '' || (file !== null && name === tableNameOf(file.name));
            if (next !== null && isUntouched) setName(tableNameOf(next.name));
          }}
        />
        <TextInput
          label="Name of the table"
          value={name}
          error={name === '' ? undefined : problem}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {upload.isPending && <CsvProgress part={part} onCancel={cancel} />}
        {upload.isError && <ErrorState error={upload.error} title="No table was made" />}
        <Text size="sm" c="dimmed">
          When one row does not fit, there is no table and the places are named.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={file === null || problem !== undefined} loading={upload.isPending}>
            Create table
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A name for a table out of the name of a file: `Customers 2026.csv` becomes `customers_2026`. */
export function tableNameOf(fileName: string): string {
  return fileName
    .replace(/\.[^.]*$/, '')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 60);
}
