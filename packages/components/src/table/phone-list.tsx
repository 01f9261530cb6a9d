import { Checkbox } from '@mantine/core';
import type { RowAction } from './manifest.ts';
import { CellContent, cellText } from './cell-content.tsx';
import { RowButtons, type RowEvents } from './grid-row.tsx';
import type { KnownRow, Selection } from './row-selection.ts';
import type { TableColumn } from './table-column.ts';
import { useHost } from '@fettle/sdk/react';
import classes from './phone-list.module.css';

/** The columns that stand for a row where there is room for two or three. */
export function columnsForPhones(columns: readonly TableColumn[], chosen: readonly string[]): readonly TableColumn[] {
  const wanted = chosen.flatMap((path) => columns.find((column) => column.path === path || column.id === path) ?? []);
  if (wanted.length > 0) return wanted.slice(0, 4);
  const shown = columns.filter((column) => !column.isHidden);
  const isName = (column: TableColumn): boolean => column.format === 'text' && column.relation === undefined;
  const title = shown.find(isName) ?? shown[0];
  const rest = shown.filter(
    (column) => column !== title && !['json', 'image', 'file', 'longText'].includes(column.format),
  );
  const ranked = [...rest].sort((a, b) => phoneRank(a) - phoneRank(b)).slice(0, 2);
  return title === undefined ? [] : [title, ...rest.filter((column) => ranked.includes(column))];
}

// What tells rows apart at a glance: states first, then what they belong to, figures and dates.
function phoneRank(column: TableColumn): number {
  if (column.format === 'badge') return 0;
  if (column.relation !== undefined) return 1;
  return ['number', 'currency', 'date', 'datetime'].includes(column.format) ? 2 : 3;
}

/** Rows as a list for narrow screens: a tap opens a row. */
export function PhoneList(props: {
  readonly label: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly KnownRow[];
  readonly actions: readonly RowAction[];
  readonly selection: 'none' | 'single' | 'multiple';
  readonly selected: Selection;
  readonly isLoading: boolean;
  readonly isClickable: boolean;
  readonly onOpen: (index: number) => void;
  readonly onToggle: (index: number) => void;
  readonly onAct: RowEvents['act'];
}) {
  const { columns, rows } = props;
  const host = useHost();
  const [title, ...details] = columns;
  if (props.isLoading) {
    return (
      <ul className={classes.list} aria-label={props.label} aria-busy>
        {[0, 1, 2, 3, 4].map((index) => (
          <li key={index} className={classes.item}>
            <span className={classes.bone} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ul className={classes.list} aria-label={props.label}>
      {rows.map((known, index) => (
        <li key={known.id} className={classes.item} data-selected={props.selected.has(known.id) || undefined}>
          {props.selection !== 'none' && (
            <Checkbox
              aria-label={`Select ${title === undefined ? `row ${index + 1}` : cellText(title, known.row, host)}`}
              checked={props.selected.has(known.id)}
              onChange={() => props.onToggle(index)}
            />
          )}
          <div
            className={classes.body}
            {...(props.isClickable
              ? {
                  role: 'button',
                  tabIndex: 0,
                  onClick: () => props.onOpen(index),
                  onKeyDown: (event) => {
                    if (event.key !== 'Enter' && event.key !== ' ') return;
                    event.preventDefault();
                    props.onOpen(index);
                  },
                }
              : {})}
          >
            <span className={classes.title}>
              {title !== undefined && <CellContent column={title} row={known.row} />}
            </span>
            <span className={classes.details}>
              {details.map((column) => (
                <span key={column.id} className={classes.detail} title={column.label}>
                  <span className={classes.label}>{column.label}</span>
                  <CellContent column={column} row={known.row} />
                </span>
              ))}
            </span>
          </div>
          {props.actions.length > 0 && (
            <div className={classes.actions}>
              <RowButtons actions={props.actions} row={known.row} onAct={props.onAct} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
