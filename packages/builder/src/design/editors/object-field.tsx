import { isJsonObject } from '@fettle/base';
import type { FieldEditor, FieldProps } from '../../fields/field-editor.ts';
import { InnerForm } from './design-form.tsx';
import styles from './editors.module.css';

function ObjectField({ item, value, onChange }: FieldProps) {
  const values = isJsonObject(value) ? value : {};
  const change = (name: string, next: unknown): void => {
    const { [name]: _old, ...rest } = values as Readonly<Record<string, unknown>>;
    const changed = next === undefined ? rest : { ...values, [name]: next };
    onChange(Object.keys(changed).length === 0 && !item.isRequired ? undefined : changed);
  };
  return (
    <div className={styles['nested']} role="group" aria-label={item.title}>
      <InnerForm schema={item.schema} values={values} onChange={change} step={item.name} />
    </div>
  );
}

/** An object with known members: a form inside the form. */
export const objectField: FieldEditor = {
  id: 'object',
  rank: (item) =>
    item.schema.type === 'object' &&
    item.schema.properties !== undefined &&
    Object.keys(item.schema.properties).length > 0
      ? 8
      : 0,
  Field: ObjectField,
};
