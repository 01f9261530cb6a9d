import { ActionIcon, Button, CloseButton, TextInput } from '@mantine/core';
import {
  IconColumns3,
  IconDownload,
  IconFilter,
  IconPlus,
  IconRefresh,
  IconSearch,
  IconTrash,
} from '@tabler/icons-react';
import { lazy, Suspense, useState, type ReactElement } from 'react';
import type { FilterField } from '../inputs/filter-draft.ts';
import { draftToFilter } from '../inputs/filter-draft.ts';
import type { ColumnPreferences } from './column-preferences.ts';
import type { TableColumn } from './table-column.ts';
import type { TableView } from './use-table-rows.ts';
import classes from './table.module.css';

const FilterPopover = lazy(() => import('./filter-popover.tsx').then((module) => ({ default: module.FilterPopover })));
const ColumnPopover = lazy(() => import('./column-popover.tsx').then((module) => ({ default: module.ColumnPopover })));

/** Props of {@link Toolbar}. */
export interface ToolbarProps {
  readonly title: string;
  readonly view: TableView;
  readonly fields: readonly FilterField[];
  readonly hasSearch: boolean;
  readonly hasFilter: boolean;
  readonly hasColumns: boolean;
  readonly columns: readonly TableColumn[];
  readonly preferences: ColumnPreferences;
  readonly onPreferences: (preferences: ColumnPreferences) => void;
  readonly exportUrl: string | undefined;
  readonly isFetching: boolean;
  readonly onRefresh: () => void;
  readonly onAdd: (() => void) | undefined;
  readonly selectedCount: number;
  readonly onClearSelection: () => void;
  readonly onDelete: (() => void) | undefined;
}

/** Above the rows: what to look for on one side, what to do on the other. */
export function Toolbar(props: ToolbarProps) {
  const { view } = props;
  return (
    <div className={classes.toolbar}>
      {props.title !== '' && <h3 className={classes.title}>{props.title}</h3>}
      <div className={classes.find}>
        {props.hasSearch && (
          <TextInput
            className={classes.search}
            size="xs"
            type="search"
            aria-label={props.title === '' ? 'Search' : `Search ${props.title}`}
            placeholder="Search"
            leftSection={<IconSearch size={14} aria-hidden />}
            value={view.search}
            onChange={(event) => view.setSearch(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') view.setSearch('');
            }}
            rightSection={
              view.search === '' ? null : (
                <CloseButton size="xs" aria-label="Clear search" onClick={() => view.setSearch('')} />
              )
            }
          />
        )}
        {props.hasFilter && <FilterButton view={view} fields={props.fields} />}
      </div>
      <div className={classes.acts}>
        {props.selectedCount > 0 ? <SelectionActs {...props} /> : <TableActs {...props} />}
      </div>
    </div>
  );
}

function SelectionActs(props: ToolbarProps) {
  return (
    <>
      <span className={classes.count} role="status">
        {props.selectedCount} selected
      </span>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={props.onClearSelection}>
        Clear selection
      </Button>
      {props.onDelete !== undefined && (
        <Button size="xs" variant="light" color="red" leftSection={<IconTrash size={14} />} onClick={props.onDelete}>
          Delete
        </Button>
      )}
    </>
  );
}

function TableActs(props: ToolbarProps) {
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label="Refresh"
        title="Refresh"
        loading={props.isFetching}
        onClick={props.onRefresh}
      >
        <IconRefresh size={16} />
      </ActionIcon>
      {props.hasColumns && <ColumnButton {...props} />}
      {props.exportUrl !== undefined && (
        <ActionIcon
          component="a"
          href={props.exportUrl}
          download
          variant="subtle"
          color="gray"
          aria-label="Export all matching rows as CSV"
          title="Export all matching rows as CSV"
        >
          <IconDownload size={16} />
        </ActionIcon>
      )}
      {props.onAdd !== undefined && (
        <Button size="xs" leftSection={<IconPlus size={14} />} onClick={props.onAdd}>
          Add row
        </Button>
      )}
    </>
  );
}

function FilterButton({ view, fields }: { readonly view: TableView; readonly fields: readonly FilterField[] }) {
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const active = view.draft.conditions.filter(
    (condition) => draftToFilter({ match: 'all', conditions: [condition] }, fields) !== undefined,
  ).length;
  const button: ReactElement = (
    <Button
      size="xs"
      variant={active > 0 ? 'light' : 'default'}
      leftSection={<IconFilter size={14} />}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      onClick={() => {
        setWasOpen(true);
        setOpen((value) => !value);
      }}
    >
      {active > 0 ? `Filter (${active})` : 'Filter'}
    </Button>
  );
  if (!wasOpen) return button;
  return (
    <Suspense fallback={button}>
      <FilterPopover
        button={button}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        fields={fields}
        draft={view.draft}
        onChange={view.setDraft}
      />
    </Suspense>
  );
}

function ColumnButton(props: ToolbarProps) {
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const button: ReactElement = (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label="Columns"
      title="Columns"
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      onClick={() => {
        setWasOpen(true);
        setOpen((value) => !value);
      }}
    >
      <IconColumns3 size={16} />
    </ActionIcon>
  );
  if (!wasOpen) return button;
  return (
    <Suspense fallback={button}>
      <ColumnPopover
        button={button}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        columns={props.columns}
        preferences={props.preferences}
        onChange={props.onPreferences}
      />
    </Suspense>
  );
}
