import { lazy, Suspense } from 'react';
import { Skeleton } from '@mantine/core';
import { rankByHint, type FieldEditor, type FieldProps } from '../../../fields/field-editor.ts';

const SqlEditor = lazy(async () => ({ default: (await import('./sql-editor.tsx')).SqlEditor }));

function SqlField({ item, value, onChange, inputId }: FieldProps) {
  return (
    <Suspense fallback={<Skeleton height={120} />}>
      <SqlEditor
        value={typeof value === 'string' ? value : ''}
        onChange={onChange}
        label={item.title}
        inputId={inputId}
      />
    </Suspense>
  );
}

/** SQL with `{{ }}` as bound parameters. */
export const sqlField: FieldEditor = { id: 'sql', rank: rankByHint('sql'), Field: SqlField };
