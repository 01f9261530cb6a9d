import { useEffect, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import type { Json } from '@fettle/base';
import { useHost } from '@fettle/sdk/react';
import { checkColumnValue, isEmptyValue } from '../inputs/check-value.ts';
import { checkJson } from '../inputs/broken-json.ts';
import { plainText } from '../inputs/format-value.ts';
import { RelationPicker } from '../inputs/relation-picker.tsx';
import { focusControl } from '../inputs/use-input-field.ts';
import { ValueInput } from '../inputs/value-input.tsx';
import { valueKindOf } from '../inputs/value-kind.ts';
import type { EditorMove } from './grid-row.tsx';
import type { KnownRow } from './row-selection.ts';
import { cellValue, type TableColumn } from './table-column.ts';
import type { CellEdit } from './use-cell-editing.ts';
import { useRelationTarget } from './table-place.ts';
import classes from './cell-editor.module.css';

/** Props of {@link CellEditor}. */
export interface CellEditorProps {
  readonly column: TableColumn;
  readonly known: KnownRow;
  readonly onSave: (edit: CellEdit, move: EditorMove) => void;
  readonly onCancel: () => void;
}

/** The input in place of a cell: Enter and Tab save and move on, Escape gives up, leaving saves. */
export function CellEditor({ column, known, onSave, onCancel }: CellEditorProps) {
  const host = useHost();
  const relation = useRelationTarget(column);
  const description = column.writes;
  const before = known.row[description?.name ?? ''] ?? null;
  const [value, setValue] = useState<unknown>(before);
  const [error, setError] = useState<string | undefined>();
  const label = useRef<string | undefined>(undefined);
  const box = useRef<HTMLDivElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    const focus = (): void => {
      focusControl(box.current);
      const input = box.current?.querySelector('input');
      if (input !== null && input !== undefined && ['text', 'email', 'url'].includes(input.type)) input.select();
    };
    focus();
    // An editor that still loads takes the focus when it arrives.
    const timer = setTimeout(() => {
      if (box.current?.contains(document.activeElement) !== true) focus();
    }, 60);
    return () => clearTimeout(timer);
  }, []);
  if (description === undefined) return null;

  const complain = (next: unknown): string | undefined => {
    if (isEmptyValue(next)) return description.nullable ? undefined : 'This cannot be empty.';
    return checkJson(next) ?? checkColumnValue(description, next);
  };
  const save = (next: unknown, move: EditorMove): void => {
    if (isDone.current) return;
    const complaint = complain(next);
    setError(complaint);
    if (complaint !== undefined) {
      if (move === 'none') {
        isDone.current = true;
        host.notify({ kind: 'warning', text: `${column.label} was not changed: ${complaint}` });
        onCancel();
      }
      return;
    }
    isDone.current = true;
    onSave({ target: known, column, value: (next ?? null) as Json, label: label.current }, move);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const isOpenList = box.current?.querySelector('[aria-expanded="true"]') !== null;
    if (event.key === 'Escape') {
      // The first Escape closes the list, the next one gives up.
      if (isOpenList) return;
      event.preventDefault();
      isDone.current = true;
      onCancel();
    } else if (event.key === 'Enter' && !event.shiftKey && !isOpenList) {
      if (event.target instanceof HTMLTextAreaElement && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      save(value, 'down');
    } else if (event.key === 'Tab') {
      event.preventDefault();
      save(value, event.shiftKey ? 'left' : 'right');
    }
  };
  const onBlur = (event: FocusEvent): void => {
    const goesTo = event.relatedTarget;
    const isWithin =
      goesTo instanceof Node &&
      (box.current?.contains(goesTo) === true || (goesTo as Element).closest?.('[data-portal]') !== null);
    if (!isWithin) save(value, 'none');
  };
  const control = {
    value,
    onChange: setValue,
    ariaLabel: column.label,
    error,
    isRequired: !description.nullable,
    size: 'xs' as const,
  };
  return (
    <div
      ref={box}
      className={classes.editor}
      data-relation={relation !== undefined || undefined}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    >
      {relation === undefined ? (
        <ValueInput
          {...control}
          kind={valueKindOf(description)}
          column={description}
          {...(description.type === 'boolean' ? { onChange: (next: unknown) => save(next, 'stay') } : {})}
        />
      ) : (
        <RelationPicker
          {...control}
          relation={relation}
          initialLabel={shownLabel(column, known)}
          onPick={(picked) => {
            label.current = picked?.label;
            save(picked?.key ?? null, 'stay');
          }}
        />
      )}
    </div>
  );
}

// The grid shows the related row's label already; asking the server for it again would only make the editor blink.
function shownLabel(column: TableColumn, known: KnownRow): string | undefined {
  if (column.path === column.writes?.name) return undefined;
  const shown = plainText(cellValue(column, known.row));
  return shown === '' ? undefined : shown;
}
