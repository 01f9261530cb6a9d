import { useEffect, useMemo, useState } from 'react';
import { ActionIcon, Button, Group, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconDownload, IconPlus, IconRefresh, IconSearch, IconUpload } from '@tabler/icons-react';
import { routes } from '@fettle/contract';
import { useClient } from '../../api/client.ts';
import { notifyError } from '../../shell/notify.ts';
import { useWorkspace } from '../../shell/workspace.tsx';
import { FilterBar } from '../filter/filter-bar.tsx';
import { filterColumns } from '../filter/filter-columns.ts';
import { CsvImportDialog } from './csv-import-dialog.tsx';
import type { RowsView } from './rows-view.ts';
import { isSearchable, requestOf, type TablePlace } from './use-rows.ts';
import styles from './rows.module.css';

interface ToolbarProps {
  readonly place: TablePlace;
  readonly view: RowsView;
  readonly isInternal: boolean;
  readonly isBusy: boolean;
  readonly onView: (part: Partial<RowsView>) => void;
  readonly onRefresh: () => void;
  readonly onNew: () => void;
}

/** Search, filter, and what can be done with the rows as a whole. */
export function RowsToolbar(props: ToolbarProps) {
  const { place, view, onView } = props;
  const [isImporting, setIsImporting] = useState(false);
  const exportCsv = useExport(place, view);
  const columns = useMemo(() => filterColumns(place.table, place.schema), [place.table, place.schema]);
  return (
    <div className={styles['toolbar']}>
      {isSearchable(place.table) && <SearchInput value={view.search} onChange={(search) => onView({ search })} />}
      <div className={styles['filters']}>
        <FilterBar columns={columns} value={view.filter} onChange={(filter) => onView({ filter })} />
      </div>
      <Group gap="xs">
        <Tooltip label="Read again">
          <ActionIcon
            variant="default"
            size={28}
            aria-label="Read the rows again"
            loading={props.isBusy}
            onClick={props.onRefresh}
          >
            <IconRefresh size={14} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Export all matching rows as CSV">
          <ActionIcon variant="default" size={28} aria-label="Export as CSV" onClick={() => void exportCsv()}>
            <IconDownload size={14} />
          </ActionIcon>
        </Tooltip>
        {props.isInternal && (
          <Tooltip label="Import rows from a CSV file">
            <ActionIcon variant="default" size={28} aria-label="Import from CSV" onClick={() => setIsImporting(true)}>
              <IconUpload size={14} />
            </ActionIcon>
          </Tooltip>
        )}
        {place.table.writable && (
          <Button leftSection={<IconPlus size={14} />} onClick={props.onNew}>
            New row
          </Button>
        )}
      </Group>
      <CsvImportDialog place={place} isOpen={isImporting} onClose={() => setIsImporting(false)} />
    </div>
  );
}

function SearchInput({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  const tell = useDebouncedCallback(onChange, 300);
  useEffect(() => setText(value), [value]);
  return (
    <TextInput
      aria-label="Search rows"
      placeholder="Search rows"
      leftSection={<IconSearch size={14} />}
      value={text}
      w={200}
      maxLength={500}
      onChange={(event) => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}

function useExport(place: TablePlace, view: RowsView): () => Promise<void> {
  const { dataSource, table } = place;
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  return async () => {
    try {
      // A plain link cannot renew the session; a call before it does.
      await client.call(routes.dataSources.read, { params: { workspaceId, dataSource } });
      const request = JSON.stringify(requestOf(place, view));
      window.location.assign(
        client.url(routes.dataSources.rows.export, {
          params: { workspaceId, dataSource, table: table.id },
          query: { request },
        }),
      );
    } catch (error) {
      notifyError(error, 'The export did not start');
    }
  };
}
