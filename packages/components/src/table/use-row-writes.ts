import { useState } from 'react';
import type { Row, TableDescription } from '@fettle/sdk';
import { useHost, type TablePlace } from '@fettle/sdk/react';
import type { TableSettings } from './manifest.ts';
import { describeFailure, keyOf } from './use-cell-editing.ts';
import type { RowChoice } from './use-row-choice.ts';

/** The dialog for a whole row: a new one, or one to change. */
export type RowDialogState = { readonly mode: 'create' } | { readonly mode: 'update'; readonly row: Row };

/** Adding and deleting rows, as far as the settings and the table allow it. */
export interface RowWrites {
  readonly dialog: RowDialogState | undefined;
  readonly add: (() => void) | undefined;
  readonly edit: ((row: Row | undefined) => void) | undefined;
  /** Deletes the selected rows, after asking. */
  readonly remove: (() => void) | undefined;
  close(): void;
  saved(row: Row): void;
}

/** See {@link RowWrites}. */
export function useRowWrites(options: {
  readonly settings: TableSettings;
  readonly place: TablePlace | undefined;
  readonly table: TableDescription | undefined;
  readonly choice: RowChoice;
}): RowWrites {
  const { settings, place, table, choice } = options;
  const host = useHost();
  const [dialog, setDialog] = useState<RowDialogState | undefined>();
  const isWritable = place !== undefined && table !== undefined && table.writable;
  const hasKey = table !== undefined && table.primaryKey.length > 0;

  const remove = async (): Promise<void> => {
    if (place === undefined || table === undefined || host.mode === 'design') return;
    const rows = [...choice.selected.values()];
    const what = rows.length === 1 ? 'this row' : `these ${rows.length} rows`;
    const isSure = await host.confirm({
      title: `Delete ${what}?`,
      message: 'This cannot be undone.',
      button: rows.length === 1 ? 'Delete row' : `Delete ${rows.length} rows`,
      danger: true,
    });
    if (!isSure) return;
    try {
      await host.data.delete(
        place,
        rows.map((row) => keyOf(table, row)),
      );
    } catch (error) {
      host.notify({ kind: 'error', text: describeFailure(error) });
      return;
    }
    choice.clear();
    host.notify({ kind: 'success', text: rows.length === 1 ? 'Row deleted' : `${rows.length} rows deleted` });
    void host.emit('deleted', { rows });
  };

  return {
    dialog,
    add:
      settings.allowCreate && isWritable && table.allowed?.create !== false
        ? () => {
            if (host.mode === 'run') setDialog({ mode: 'create' });
          }
        : undefined,
    edit:
      settings.allowEdit && isWritable && hasKey && table.allowed?.update !== false
        ? (row) => {
            if (host.mode === 'run' && row !== undefined) setDialog({ mode: 'update', row });
          }
        : undefined,
    remove:
      settings.allowDelete && isWritable && hasKey && table.allowed?.delete !== false ? () => void remove() : undefined,
    close: () => setDialog(undefined),
    saved: (row) => {
      const mode = dialog?.mode;
      setDialog(undefined);
      host.notify({ kind: 'success', text: mode === 'create' ? 'Row added' : 'Row saved' });
      if (mode === 'create') void host.emit('created', { row });
    },
  };
}
