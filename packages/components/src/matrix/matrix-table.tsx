import type { Json } from '@fettle/base';
import { useHost } from '@fettle/sdk/react';
import { useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import { formatNumber } from '../format-value.ts';
import { perRow, textOf } from '../text-of.ts';
import { tones, type Tone } from '../setting-kinds.ts';
import type { MatrixSettings } from './component.tsx';
import type { AxisValue, MatrixCells } from './matrix-cells.ts';
import styles from './matrix.module.css';

/** The cell that somebody chose. */
export interface ChosenCell {
  readonly row: Json;
  readonly column: Json;
  readonly value: number;
}

/** The cells, their axes, and the keys to walk through them. */
export function MatrixTable(props: {
  readonly settings: MatrixSettings;
  readonly cells: MatrixCells;
  readonly selected: ChosenCell | null;
  readonly onChoose: (cell: ChosenCell) => void;
}) {
  const { settings, cells, selected, onChoose } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const [place, setPlace] = useState({ row: 0, column: 0 });
  const atRow = Math.min(place.row, cells.rows.length - 1);
  const atColumn = Math.min(place.column, cells.columns.length - 1);
  const rowTitle = textOf(settings.rowTitle);
  const columnTitle = textOf(settings.columnTitle);

  const walk = (event: KeyboardEvent): void => {
    const next = placeAfter(event.key, { row: atRow, column: atColumn }, cells);
    if (next === undefined) return;
    event.preventDefault();
    setPlace(next);
    body.current?.querySelector<HTMLElement>(`[data-place="${next.row}.${next.column}"]`)?.focus();
  };
  return (
    <div className={styles.matrix}>
      {rowTitle !== '' && (
        <div className={styles.rowTitle} aria-hidden>
          <span>{rowTitle}</span>
        </div>
      )}
      <div className={styles.scroller}>
        <table
          className={styles.table}
          data-size={settings.size}
          aria-label={textOf(settings.label)}
          style={{ '--matrix-columns': cells.columns.length } as CSSProperties}
        >
          <tbody ref={body} onKeyDown={walk}>
            {cells.rows.map((row, rowIndex) => (
              <tr key={String(row.value)}>
                <th scope="row" className={styles.rowLabel}>
                  {row.label}
                </th>
                {cells.columns.map((column, columnIndex) => (
                  <td key={String(column.value)} className={styles.place}>
                    <Cell
                      settings={settings}
                      row={row}
                      column={column}
                      value={cells.cells[rowIndex]?.[columnIndex] ?? null}
                      largest={cells.largest}
                      place={`${rowIndex}.${columnIndex}`}
                      isReachable={rowIndex === atRow && columnIndex === atColumn}
                      isSelected={selected?.row === row.value && selected.column === column.value}
                      onFocus={() => setPlace({ row: rowIndex, column: columnIndex })}
                      onChoose={onChoose}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td aria-hidden />
              {cells.columns.map((column) => (
                <th key={String(column.value)} scope="col" className={styles.columnLabel}>
                  {column.label}
                </th>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      {columnTitle !== '' && (
        <div className={styles.columnTitle} aria-hidden>
          {columnTitle}
        </div>
      )}
    </div>
  );
}

function Cell(props: {
  readonly settings: MatrixSettings;
  readonly row: AxisValue;
  readonly column: AxisValue;
  readonly value: number | null;
  readonly largest: number;
  readonly place: string;
  readonly isReachable: boolean;
  readonly isSelected: boolean;
  readonly onFocus: () => void;
  readonly onChoose: (cell: ChosenCell) => void;
}) {
  const { settings, row, column, value, isSelected } = props;
  const host = useHost();
  const { format, currency, decimals } = settings;
  const text = value === null ? '' : formatNumber(value, { locale: host.locale, style: format, currency, decimals });
  const tone = settings.colour === 'tone' ? toneOf(settings, { row: row.value, column: column.value, value }) : 'heat';
  const share = props.largest === 0 || value === null ? 0 : Math.abs(value) / props.largest;
  return (
    <button
      type="button"
      className={styles.cell}
      data-tone={tone}
      data-place={props.place}
      data-empty={value === null || value === 0 ? true : undefined}
      style={{ '--matrix-share': `${Math.round(12 + share * 68)}%` } as CSSProperties}
      tabIndex={props.isReachable ? 0 : -1}
      aria-pressed={isSelected}
      aria-label={`${row.label}, ${column.label}: ${text === '' ? 'nothing' : text}`}
      onFocus={props.onFocus}
      onClick={() => {
        if (host.mode === 'run') props.onChoose({ row: row.value, column: column.value, value: value ?? 0 });
      }}
    >
      {text}
    </button>
  );
}

function toneOf(settings: MatrixSettings, scope: Readonly<Record<string, unknown>>): Tone {
  const tone = textOf(perRow(settings.cellTone, scope));
  return tones.find((known) => known === tone) ?? 'neutral';
}

interface Place {
  readonly row: number;
  readonly column: number;
}

function placeAfter(key: string, { row, column }: Place, cells: MatrixCells): Place | undefined {
  const lastRow = cells.rows.length - 1;
  const lastColumn = cells.columns.length - 1;
  switch (key) {
    case 'ArrowUp':
      return { row: Math.max(0, row - 1), column };
    case 'ArrowDown':
      return { row: Math.min(lastRow, row + 1), column };
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) };
    case 'ArrowRight':
      return { row, column: Math.min(lastColumn, column + 1) };
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: lastColumn };
    default:
      return undefined;
  }
}
