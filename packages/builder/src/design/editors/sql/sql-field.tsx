import { lazy } from 'react';
import { Skeleton } from '@mantine/core';
import { Part } from '@fettle/runtime';
import { rankByHint, type FieldEditor, type FieldProps } from '../../../fields/field-editor.ts';

const SqlEditor = lazy(async () => ({ default: (await import('./sql-editor.tsx')).SqlEditor }));

function SqlField({ item, value, onChange, inputId }: FieldProps) {
  return (
    <Part failure="place" loading={<Skeleton height={120} />}>
      <SqlEditor
        value={typeof value === 'string' ? value : ''}
        onChange={onChange}
        label={item.title}
        inputId={inputId}
      />
    </Part>
  );
}

/** SQL with `{{ }}` as bound parameters. */
export const sqlField: FieldEditor = { id: 'sql', rank: rankByHint('sql'), Field: SqlField };
