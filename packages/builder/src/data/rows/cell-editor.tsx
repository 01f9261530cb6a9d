import { MultiSelect, Select, Textarea, TextInput } from '@mantine/core';
import type { ColumnDescription } from '@fettle/sdk';
import { AttachmentEditor } from './attachment-editor.tsx';
import type { CellDraft } from './cell-draft.ts';
import { MemberPicker } from './member-picker.tsx';
import type { RelationColumn } from './relation-columns.ts';
import { RelationPicker } from './relation-picker.tsx';

/** What a cell editor gets. */
export interface CellEditorProps {
  readonly inputId: string;
  readonly dataSource: string;
  readonly column: ColumnDescription;
  readonly relation: RelationColumn | undefined;
  readonly draft: CellDraft;
  readonly isNew: boolean;
  readonly hasProblem: boolean;
  readonly onChange: (draft: CellDraft) => void;
}

const inputTypes: Readonly<Record<string, string>> = {
  date: 'date',
  time: 'time',
  datetime: 'datetime-local',
  timestamp: 'datetime-local',
};
const monospaced: ReadonlySet<string> = new Set(['json', 'array', 'uuid']);

/** The input that fits a column. */
export function CellEditor(props: CellEditorProps) {
  const { column, relation, draft, inputId, onChange } = props;
  const text = typeof draft === 'string' ? draft : '';
  const placeholder = placeholderOf(props);
  const common = { id: inputId, error: props.hasProblem, ...(placeholder === undefined ? {} : { placeholder }) };
  if (relation !== undefined && relation.relation.columns.length === 1)
    return <RelationPicker {...props} relation={relation} placeholder={placeholder} />;
  if (column.meaning === 'attachment') return <AttachmentEditor {...common} value={text} onChange={onChange} />;
  if (column.meaning === 'multiSelect') {
    return (
      <MultiSelect
        {...common}
        data={[...(column.options ?? [])]}
        value={Array.isArray(draft) ? [...(draft as readonly string[])] : []}
        searchable
        onChange={onChange}
      />
    );
  }
  if (column.meaning === 'user') return <MemberPicker {...common} value={text} onChange={onChange} />;
  if (column.options !== undefined) {
    return (
      <Select
        {...common}
        data={[...column.options]}
        value={text === '' ? null : text}
        searchable={column.options.length > 8}
        onChange={onChange}
      />
    );
  }
  if (column.type === 'boolean') {
    return (
      <Select
        {...common}
        data={[
          { value: 'true', label: 'yes' },
          { value: 'false', label: 'no' },
        ]}
        value={text === '' ? null : text}
        allowDeselect={column.nullable}
        onChange={onChange}
      />
    );
  }
  const isMono = monospaced.has(column.type) && column.type !== 'uuid';
  if (isMono || column.type === 'longText' || text.includes('\n') || text.length > 120) {
    return (
      <Textarea
        {...common}
        autosize
        minRows={2}
        maxRows={16}
        value={text}
        spellCheck={!isMono}
        {...(isMono ? { styles: { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } } } : {})}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  const isMoment = column.type === 'time' || column.type === 'datetime' || column.type === 'timestamp';
  const isNumber = column.type === 'integer' || column.type === 'decimal' || column.type === 'number';
  return (
    <TextInput
      {...common}
      type={inputTypes[column.type] ?? 'text'}
      {...(isMoment ? { step: text.includes('.') ? 0.001 : 1 } : {})}
      {...(isNumber ? { inputMode: column.type === 'integer' ? ('numeric' as const) : ('decimal' as const) } : {})}
      autoComplete="off"
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** What an input says while it holds nothing. */
function placeholderOf({ column, draft, isNew }: CellEditorProps): string | undefined {
  if (draft === null) return 'null';
  if (draft !== undefined || !isNew) return undefined;
  if (!column.hasDefault) return column.nullable ? 'null' : undefined;
  return column.defaultValue === undefined || column.defaultValue === null
    ? 'Filled by the database'
    : `Default: ${String(column.defaultValue)}`;
}
