import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Row } from '@fettle/sdk';
import { CellContent } from './cell-content.tsx';
import type { TableColumn } from './table-column.ts';
import type { CellConflict } from './use-cell-editing.ts';
import classes from './conflict-dialog.module.css';

/** Somebody changed the cell meanwhile: both values side by side, one of them to keep. */
export function ConflictDialog(props: {
  readonly conflict: CellConflict;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}) {
  const { conflict } = props;
  const { column } = conflict;
  const shown: TableColumn | undefined = column.path === column.writes?.name ? column : undefined;
  const show = (value: Row[string]): ReactNode =>
    shown === undefined || column.writes === undefined ? (
      value === null ? (
        '–'
      ) : (
        String(value)
      )
    ) : (
      <CellContent column={shown} row={{ ...conflict.target.row, [column.writes.name]: value }} />
    );
  return (
    <Modal opened onClose={props.onTakeTheirs} title="This was changed meanwhile" centered size="md">
      <p className={classes.text}>
        Somebody else changed “{column.label}” after you had opened it. Which value shall stay?
      </p>
      <dl className={classes.values}>
        <div className={classes.value}>
          <dt>Yours</dt>
          <dd>{show(conflict.mine)}</dd>
        </div>
        <div className={classes.value}>
          <dt>Theirs</dt>
          <dd>{show(conflict.theirs)}</dd>
        </div>
      </dl>
      <div className={classes.buttons}>
        <Button variant="default" onClick={props.onTakeTheirs}>
          Take theirs
        </Button>
        <Button onClick={props.onKeepMine}>Keep mine</Button>
      </div>
    </Modal>
  );
}
