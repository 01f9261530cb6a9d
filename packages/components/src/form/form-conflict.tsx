import { Alert, Button } from '@mantine/core';
import { useHost } from '@fettle/sdk/react';
import { formatValue } from '../inputs/format-value.ts';
import { useRelatedLabel } from '../inputs/use-related-options.ts';
import type { FormField } from './form-fields.ts';
import type { ConflictingField } from './use-form-state.ts';
import classes from './form.module.css';

/** Somebody saved the same row meanwhile: what differs, and which side shall stay. */
export function FormConflict(props: {
  readonly fields: readonly ConflictingField[];
  readonly columns: readonly FormField[];
  readonly isSaving: boolean;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}) {
  return (
    <Alert color="yellow" variant="light" role="alert" title="Somebody else changed this row meanwhile">
      <table className={classes.conflict}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Yours</th>
            <th scope="col">Theirs</th>
          </tr>
        </thead>
        <tbody>
          {props.fields.map((conflict) => {
            const field = props.columns.find((candidate) => candidate.column.name === conflict.field);
            return (
              <tr key={conflict.field}>
                <th scope="row">{conflict.label}</th>
                <td>
                  <ConflictValue field={field} value={conflict.mine} />
                </td>
                <td>
                  <ConflictValue field={field} value={conflict.theirs} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className={classes.conflictButtons}>
        <Button size="xs" variant="default" onClick={props.onTakeTheirs} disabled={props.isSaving}>
          Take theirs
        </Button>
        <Button size="xs" onClick={props.onKeepMine} loading={props.isSaving}>
          Keep mine
        </Button>
      </div>
    </Alert>
  );
}

function ConflictValue({ field, value }: { readonly field: FormField | undefined; readonly value: unknown }) {
  const host = useHost();
  if (field?.relation !== undefined) return <RelatedValue target={field.relation} value={value} />;
  const text = formatValue(field?.kind ?? 'text', value, { locale: host.locale, timeZone: host.timeZone });
  return text === '' ? '–' : text;
}

function RelatedValue({
  target,
  value,
}: {
  readonly target: NonNullable<FormField['relation']>;
  readonly value: unknown;
}) {
  const label = useRelatedLabel(target, value, []);
  return label === '' ? '–' : (label ?? '…');
}
