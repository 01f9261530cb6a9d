import { rankByHint, type FieldEditor, type FieldProps } from '../../fields/field-editor.ts';
import { BindingField } from '../binding/binding-field.tsx';
import { useExtendedScope } from '../binding/binding-scope.ts';
import { useDeferredSample } from './use-sample.ts';

function ExpressionField({ item, value, onChange, inputId }: FieldProps) {
  const scope = useExtendedScope(useDeferredSample(item.hint.deferred));
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  return (
    <BindingField
      value={text}
      onChange={(next) => onChange(next === '' ? undefined : next)}
      label={item.title}
      inputId={inputId}
      scope={scope}
      placeholder={item.hint.placeholder ?? (item.hint.deferred?.includes('row') === true ? '{{ row. }}' : '{{ }}')}
    />
  );
}

/** A setting that is always a text with bindings. */
export const expressionField: FieldEditor = {
  id: 'expression',
  rank: rankByHint('expression'),
  Field: ExpressionField,
};
