import { MultiSelect, Select, TagsInput } from '@mantine/core';
import { plainText } from './format-value.ts';
import { controlReference, mantineProps, type ControlProps, type SelectOption } from './control-props.ts';

/** One or several of many options, with search. Free entries are allowed with `isFree`. */
export function OptionPicker(
  props: ControlProps & {
    readonly options: readonly SelectOption[];
    readonly isMultiple?: boolean;
    readonly isFree?: boolean;
    readonly maxValues?: number | undefined;
  },
) {
  const { options, onChange } = props;
  const base = {
    ...mantineProps(props),
    ...controlReference<HTMLInputElement>(props),
    readOnly: props.isReadOnly === true,
  };
  if (props.isMultiple !== true) {
    return (
      <Select
        {...base}
        data={withCurrent(options, [plainText(props.value)])}
        value={plainText(props.value) === '' ? null : plainText(props.value)}
        onChange={onChange}
        searchable
        clearable={props.isRequired !== true}
        nothingFoundMessage="No option matches"
        comboboxProps={{ withinPortal: true }}
      />
    );
  }
  const values = Array.isArray(props.value) ? props.value.map(plainText) : [];
  const write = (next: string[]): void => onChange(next.length === 0 ? null : next);
  const limit = props.maxValues === undefined ? {} : { maxValues: props.maxValues };
  if (props.isFree === true) {
    return (
      <TagsInput
        {...base}
        {...limit}
        data={options.map((option) => option.value)}
        value={values}
        onChange={write}
        clearable
      />
    );
  }
  return (
    <MultiSelect
      {...base}
      {...limit}
      data={withCurrent(options, values)}
      value={values}
      onChange={write}
      searchable
      clearable
      hidePickedOptions
      nothingFoundMessage="No option matches"
    />
  );
}

// A stored value that is no longer an option stays visible: choosing it away must be a decision.
function withCurrent(options: readonly SelectOption[], values: readonly string[]): { value: string; label: string }[] {
  const unknown = values.filter((value) => value !== '' && !options.some((option) => option.value === value));
  const all = [
    ...options.map(({ value, label }) => ({ value, label })),
    ...unknown.map((value) => ({ value, label: value })),
  ];
  return all.filter((option, index) => all.findIndex((other) => other.value === option.value) === index);
}
