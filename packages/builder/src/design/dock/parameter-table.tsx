import { useEffect, useState } from 'react';
import { ActionIcon, Button, Checkbox, Group, Select, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { parameterTypes, type Parameter, type Query } from '@fettle/definition';
import { removeItem } from '../editors/item-list.ts';
import { formatTyped, parseTyped } from '../editors/typed-value.ts';
import {
  addParameter,
  changeParameter,
  complainAboutParameter,
  missingParameters,
  type ParameterType,
} from './query-edit.ts';
import styles from './dock.module.css';

const typeLabels: Readonly<Record<ParameterType, string>> = {
  text: 'Text',
  integer: 'Integer',
  number: 'Number',
  decimal: 'Decimal',
  boolean: 'Yes or no',
  date: 'Date',
  timestamp: 'Time',
  json: 'JSON',
  list: 'List',
};

/** The parameters of a query, and the values to run it with here. */
export function ParameterTable(props: {
  readonly query: Query;
  readonly values: Readonly<Record<string, unknown>>;
  readonly onValues: (values: Readonly<Record<string, unknown>>) => void;
  readonly onChange: (parameters: Parameter[], key?: string) => void;
}) {
  const { query, values, onChange } = props;
  const { parameters } = query;
  const missing = missingParameters(query);
  return (
    <Stack gap="xs">
      {parameters.length === 0 ? (
        <Text size="xs" c="dimmed">
          Parameters are values that whoever runs the query gives, checked by type on the server. Write them as{' '}
          {'{{ name }}'}.
        </Text>
      ) : (
        <div className={styles['parameters']} role="group" aria-label="Parameters">
          {['Name', 'Type', 'Default', 'Value for this run', 'Required', ''].map((title) => (
            <Text key={title} size="xs" c="dimmed">
              {title}
            </Text>
          ))}
          {parameters.map((parameter, index) => (
            <ParameterRow
              key={index}
              parameter={parameter}
              complain={(name) => complainAboutParameter(parameters, index, name)}
              value={values[parameter.name]}
              onValue={(value) => props.onValues({ ...values, [parameter.name]: value })}
              onChange={(changes, key) =>
                onChange(
                  changeParameter(parameters, index, changes),
                  key === undefined ? undefined : `parameter/${index}/${key}`,
                )
              }
              onRemove={() => onChange([...removeItem(parameters, index)])}
            />
          ))}
        </div>
      )}
      <Group gap={6}>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={12} />}
          onClick={() => onChange(addParameter(parameters))}
        >
          Parameter
        </Button>
        {missing.map((name) => (
          <Button
            key={name}
            size="compact-xs"
            variant="light"
            leftSection={<IconPlus size={12} />}
            onClick={() => onChange(addParameter(parameters, name))}
          >
            {name}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}

function ParameterRow(props: {
  readonly parameter: Parameter;
  readonly complain: (name: string) => string | undefined;
  readonly value: unknown;
  readonly onValue: (value: unknown) => void;
  readonly onChange: (changes: { readonly [K in keyof Parameter]?: Parameter[K] | undefined }, key?: string) => void;
  readonly onRemove: () => void;
}) {
  const { parameter, onChange } = props;
  const { type } = parameter;
  const [name, setName] = useState(parameter.name);
  useEffect(() => setName(parameter.name), [parameter.name]);
  const problem = name === parameter.name ? undefined : props.complain(name);
  return (
    <>
      <TextInput
        aria-label="Name of the parameter"
        value={name}
        error={problem ?? false}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={() => {
          if (problem !== undefined) setName(parameter.name);
          else if (name !== parameter.name) onChange({ name });
        }}
      />
      <Select
        aria-label={`Type of ${parameter.name}`}
        data={parameterTypes.map((value) => ({ value, label: typeLabels[value] }))}
        value={type}
        allowDeselect={false}
        onChange={(next) => next !== null && onChange({ type: next as ParameterType, default: undefined })}
      />
      <TypedInput
        label={`Default of ${parameter.name}`}
        type={type}
        value={parameter.default}
        onChange={(next) => onChange({ default: next }, 'default')}
      />
      <TypedInput
        label={`Value of ${parameter.name} for this run`}
        type={type}
        value={props.value}
        placeholder={formatTyped(parameter.default)}
        onChange={props.onValue}
      />
      <Checkbox
        size="xs"
        mt={6}
        aria-label={`${parameter.name} is required`}
        checked={parameter.required === true}
        onChange={(event) => onChange({ required: event.currentTarget.checked ? true : undefined })}
      />
      <Tooltip label="Remove" openDelay={400}>
        <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${parameter.name}`} onClick={props.onRemove}>
          <IconX size={14} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

/** A text that becomes a value of the type on leaving the field. */
function TypedInput(props: {
  readonly label: string;
  readonly type: string;
  readonly value: unknown;
  readonly placeholder?: string;
  readonly onChange: (value: unknown) => void;
}) {
  const shown = formatTyped(props.value);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const take = (next: string): void => props.onChange(next === '' ? undefined : parseTyped(next, props.type));
  return (
    <TextInput
      aria-label={props.label}
      placeholder={props.placeholder}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => text !== shown && take(text)}
      onKeyDown={(event) => event.key === 'Enter' && take(text)}
    />
  );
}
