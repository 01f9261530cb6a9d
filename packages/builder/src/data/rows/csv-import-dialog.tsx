import { useState } from 'react';
import { Button, FileInput, Group, Modal, Stack, Text } from '@mantine/core';
import { IconFileTypeCsv } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import { useClient } from '../../api/client.ts';
import { ErrorState } from '../../shell/error-state.tsx';
import { notifySuccess } from '../../shell/notify.ts';
import { useWorkspace } from '../../shell/workspace.tsx';
import { CsvProgress } from './csv-progress.tsx';
import { useCsvUpload } from './use-csv-upload.ts';
import type { TablePlace } from './use-rows.ts';

/** Adding the rows of a CSV file to a table: all of them or none. */
export function CsvImportDialog(props: {
  readonly place: TablePlace;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title={`Import rows into ${props.place.table.name}`} centered>
      <ImportForm place={props.place} onClose={props.onClose} />
    </Modal>
  );
}

function ImportForm({ place, onClose }: { readonly place: TablePlace; readonly onClose: () => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const { id: workspaceId } = useWorkspace();
  const [file, setFile] = useState<File | null>(null);
  const { dataSource, table } = place;
  const { upload, part, cancel } = useCsvUpload<{ readonly imported: number }>({
    dataSource,
    urlOf: () => client.url(routes.dataSources.importRows, { params: { workspaceId, dataSource, table: table.id } }),
    onDone: async ({ imported }) => {
      notifySuccess(`${imported.toLocaleString('en')} rows are imported.`);
      onClose();
      await queries.invalidateQueries({ queryKey: ['rows', workspaceId, dataSource] });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (file !== null) upload.mutate(file);
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          The first line names the columns. When one row does not fit, nothing is imported and the places are named.
        </Text>
        <FileInput
          label="CSV file"
          placeholder="Choose a file"
          accept=".csv,text/csv"
          clearable
          leftSection={<IconFileTypeCsv size={14} />}
          value={file}
          disabled={upload.isPending}
          onChange={(next) => {
            setFile(next);
            upload.reset();
          }}
        />
        {upload.isPending && <CsvProgress part={part} onCancel={cancel} />}
        {upload.isError && <ErrorState error={upload.error} title="Nothing was imported" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" disabled={file === null} loading={upload.isPending}>
            Import
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
