import { Modal } from '@mantine/core';
import type { Row, TableDescription } from '@fettle/sdk';
import { useHost, type TablePlace } from '@fettle/sdk/react';
import { FormView } from '../form/form-view.tsx';
import { useFormState } from '../form/use-form-state.ts';
import { useLeaveGuard } from '../form/use-leave-guard.ts';
import { keyOf } from './use-cell-editing.ts';
import type { RowDialogState } from './use-row-writes.ts';

const noFields: never[] = [];

/** A whole row in a dialog: the same form as everywhere, a sheet on phones. */
export function RowDialog(props: {
  readonly place: TablePlace;
  readonly table: TableDescription;
  readonly dialog: RowDialogState;
  readonly isFullScreen: boolean;
  readonly onClose: () => void;
  readonly onSaved: (row: Row) => void;
}) {
  const { place, table, dialog } = props;
  const host = useHost();
  const form = useFormState({
    place,
    table,
    settings: { fields: noFields, mode: dialog.mode },
    recordKey: dialog.mode === 'update' ? keyOf(table, dialog.row) : undefined,
    isDisabled: false,
    resetsAfterCreate: true,
    onSaved: props.onSaved,
    onFailed: () => undefined,
    onChanged: () => undefined,
  });
  const isDirty = form.snapshot.isDirty;
  useLeaveGuard(isDirty, form);
  const close = async (): Promise<void> => {
    const isSure =
      !isDirty ||
      (await host.confirm({
        title: 'Discard your changes?',
        message: 'What you entered here has not been saved.',
        button: 'Discard changes',
        danger: true,
      }));
    if (isSure) props.onClose();
  };
  const title = dialog.mode === 'create' ? 'Add row' : 'Edit row';
  return (
    <Modal
      opened
      onClose={() => void close()}
      title={title}
      size="lg"
      fullScreen={props.isFullScreen}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <FormView
        form={form}
        mode={dialog.mode}
        columns={table.columns.length > 6 ? 'two' : 'one'}
        label={title}
        submitLabel={dialog.mode === 'create' ? 'Add row' : 'Save'}
        hasButtons
        onCancel={() => void close()}
      />
    </Modal>
  );
}
