import { Checkbox, NativeSelect, Skeleton, Textarea, TextInput } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { ColumnDescription } from '@fettle/sdk';
import { DateValueInput } from './date-value-input.tsx';
import { NumberValueInput } from './number-value-input.tsx';
import {
  controlReference,
  inlineProps,
  mantineProps,
  type ControlProps,
  type RelationTarget,
  type SelectOption,
} from './control-props.ts';
import { plainText } from './format-value.ts';
import type { ValueKind } from './value-kind.ts';

// A typical form is texts, numbers, dates and short lists; what needs a floating list or more loads when it shows.
const RelationPicker = lazy(() =>
  import('./relation-picker.tsx').then((module) => ({ default: module.RelationPicker })),
);
const OptionPicker = lazy(() => import('./option-picker.tsx').then((module) => ({ default: module.OptionPicker })));
const JsonValueInput = lazy(() =>
  import('./json-value-input.tsx').then((module) => ({ default: module.JsonValueInput })),
);
const FileValueInput = lazy(() =>
  import('./file-value-input.tsx').then((module) => ({ default: module.FileValueInput })),
);

/** Props of {@link ValueInput}. */
export interface ValueInputProps extends ControlProps {
  readonly kind: ValueKind;
  readonly column?: ColumnDescription | undefined;
  readonly options?: readonly SelectOption[] | undefined;
  readonly relation?: RelationTarget | undefined;
  readonly rows?: number;
}

const nativeSelectLimit = 12;

/** The right input for a kind of value. */
export function ValueInput(props: ValueInputProps): ReactNode {
  const { kind, relation } = props;
  if (relation !== undefined)
    return <Later {...props} render={(rest) => <RelationPicker {...rest} relation={relation} />} />;
  switch (kind) {
    case 'integer':
    case 'decimal':
    case 'number':
      return <NumberValueInput {...props} kind={kind} />;
    case 'date':
    case 'time':
    case 'datetime':
    case 'timestamp':
      return <DateValueInput {...props} kind={kind} />;
    case 'boolean':
      return <BooleanValueInput {...props} />;
    case 'select':
      return <SelectValueInput {...props} />;
    case 'multiSelect':
    case 'list':
      return (
        <Later
          {...props}
          render={(rest) => <OptionPicker {...rest} options={optionsOf(props)} isMultiple isFree={kind === 'list'} />}
        />
      );
    case 'json':
      return <Later {...props} render={(rest) => <JsonValueInput {...rest} />} />;
    case 'file':
      return <Later {...props} render={(rest) => <FileValueInput {...rest} isMultiple />} />;
    case 'longText':
      return <LongTextValueInput {...props} />;
    default:
      return <TextValueInput {...props} />;
  }
}

function Later({ render, ...props }: ValueInputProps & { readonly render: (props: ControlProps) => ReactNode }) {
  return <Suspense fallback={<Skeleton height={props.label === undefined ? 34 : 58} />}>{render(props)}</Suspense>;
}

const htmlTypes: Partial<Record<ValueKind, string>> = { email: 'email', url: 'url' };

/** One line of text, unless the value came with several: a single line would drop the line breaks. Empty is null. */
export function TextValueInput(props: ValueInputProps & { readonly type?: string; readonly autoComplete?: string }) {
  const [hasLines, setHasLines] = useState(false);
  if (!hasLines && props.kind === 'text' && typeof props.value === 'string' && props.value.includes('\n'))
    setHasLines(true);
  if (hasLines) return <LongTextValueInput {...props} />;
  return (
    <TextInput
      {...mantineProps(props)}
      {...controlReference<HTMLInputElement>(props)}
      type={props.type ?? htmlTypes[props.kind] ?? 'text'}
      readOnly={props.isReadOnly === true}
      {...(props.autoComplete === undefined ? {} : { autoComplete: props.autoComplete })}
      value={plainText(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  );
}

/** Several lines of text that grow with their content. Empty is null. */
export function LongTextValueInput(props: ValueInputProps) {
  return (
    <Textarea
      {...mantineProps(props)}
      {...controlReference<HTMLTextAreaElement>(props)}
      rows={props.rows ?? 4}
      resize="vertical"
      readOnly={props.isReadOnly === true}
      value={plainText(props.value)}
      onChange={(event) => props.onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  );
}

function BooleanValueInput(props: ValueInputProps) {
  return (
    <Checkbox
      {...inlineProps(props)}
      {...controlReference<HTMLInputElement>(props)}
      checked={props.value === true || props.value === 1}
      readOnly={props.isReadOnly === true}
      onChange={(event) => {
        if (props.isReadOnly !== true) props.onChange(event.currentTarget.checked);
      }}
    />
  );
}

/** The options of an input: given ones, else those of the column. */
export function optionsOf(props: Pick<ValueInputProps, 'options' | 'column'>): readonly SelectOption[] {
  return props.options ?? (props.column?.options ?? []).map((value) => ({ value, label: value }));
}

/** One of several options: the system's own list while it is short, a searchable one when it is long. */
export function SelectValueInput(props: ValueInputProps): ReactNode {
  const options = optionsOf(props);
  if (options.length > nativeSelectLimit)
    return <Later {...props} render={(rest) => <OptionPicker {...rest} options={options} />} />;
  const current = plainText(props.value);
  const isKnown = current === '' || options.some((option) => option.value === current);
  const { placeholder, ...rest } = mantineProps(props) as ReturnType<typeof mantineProps> & { placeholder?: string };
  return (
    <NativeSelect
      {...rest}
      {...controlReference<HTMLSelectElement>(props)}
      value={current}
      onChange={(event) => {
        if (props.isReadOnly !== true)
          props.onChange(event.currentTarget.value === '' ? null : event.currentTarget.value);
      }}
      data={[
        { value: '', label: placeholder ?? (props.isRequired === true ? 'Choose…' : '—') },
        ...options.map(({ value, label }) => ({ value, label })),
        ...(isKnown ? [] : [{ value: current, label: current }]),
      ]}
    />
  );
}
