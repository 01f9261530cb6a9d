import { ActionIcon, Autocomplete, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { isJsonObject } from '@fettle/base';
import { routeParameters, type FlowInput } from '@fettle/definition';
import { rankByHint, type FieldEditor, type FieldProps } from '../../../fields/field-editor.ts';
import { useApp } from '../../design-context.ts';
import { BoundValue } from '../bound-value.tsx';
import { useColumnsOf, useSettingOf } from '../data/use-columns.ts';
import { ParameterValues } from './parameter-values.tsx';
import { renameKey } from './rename-key.ts';

/** A name that can have a value. */
interface Offer {
  readonly name: string;
  readonly type: string;
  readonly options?: readonly string[];
}

const noParameters: FlowInput[] = [];

function readValues(value: unknown): Readonly<Record<string, unknown>> {
  return isJsonObject(value) ? value : {};
}

/** Parameters of the query, or inputs of the flow, that `of` names. */
function ParametersField(props: FieldProps) {
  const id = useSettingOf(props);
  const query = useApp((app) => (typeof id === 'string' ? app.queries[id] : undefined));
  const flow = useApp((app) => (typeof id === 'string' ? app.flows[id] : undefined));
  const parameters = query?.parameters ?? (flow === undefined ? undefined : (flow.inputs ?? noParameters));
  if (parameters === undefined) {
    return (
      <Text size="xs" c="dimmed">
        {props.item.hint.of === 'flow' ? 'Choose a flow first.' : 'Choose a query first.'}
      </Text>
    );
  }
  if (parameters.length === 0 && Object.keys(readValues(props.value)).length === 0) {
    return (
      <Text size="xs" c="dimmed">
        {query === undefined ? 'The flow takes no inputs.' : 'The query takes no parameters.'}
      </Text>
    );
  }
  return (
    <ParameterValues
      parameters={parameters}
      values={readValues(props.value)}
      onChange={(next) => props.onChange(Object.keys(next).length === 0 ? undefined : next)}
    />
  );
}

/** Values by column of the table that `of` names. */
function ColumnValuesField(props: FieldProps) {
  const { options } = useColumnsOf(useSettingOf(props));
  const offers = options
    .filter(({ relation, column }) => relation === undefined && column?.generated !== true)
    .map(({ value, type, column }) => ({
      name: value,
      type,
      ...(column?.options === undefined ? {} : { options: column.options }),
    }));
  return <ValueRows {...props} offers={offers} nameLabel="Column" />;
}

/** Values by free name; those of a screen's route when `of` names a screen. */
function NamedValuesField(props: FieldProps) {
  const screenId = useSettingOf(props);
  const route = useApp((app) => (typeof screenId === 'string' ? app.screens[screenId]?.route : undefined));
  const offers = (route === undefined ? [] : routeParameters(route)).map((name) => ({ name, type: 'text' }));
  return <ValueRows {...props} offers={offers} nameLabel="Name" />;
}

function ValueRows({
  value,
  onChange,
  offers,
  nameLabel,
  item,
}: FieldProps & { readonly offers: readonly Offer[]; readonly nameLabel: string }) {
  const values = readValues(value);
  const names = Object.keys(values);
  const free = offers.filter(({ name }) => !names.includes(name));
  const change = (next: Readonly<Record<string, unknown>>): void =>
    onChange(Object.keys(next).length === 0 ? undefined : next);
  const remove = (name: string): void => {
    const { [name]: _old, ...rest } = values;
    change(rest);
  };
  const add = (): void => change({ ...values, [free[0]?.name ?? '']: '' });
  return (
    <Stack gap={6} role="group" aria-label={item.title}>
      {names.map((name, index) => {
        const offer = offers.find((one) => one.name === name);
        return (
          <div key={index}>
            <Group gap={4} wrap="nowrap" mb={2}>
              <Autocomplete
                flex={1}
                aria-label={`${nameLabel} ${index + 1}`}
                placeholder={nameLabel}
                data={[...(offer === undefined ? [] : [name]), ...free.map((one) => one.name)]}
                value={name}
                onChange={(next) => change(renameKey(values, name, next))}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove ${name || `value ${index + 1}`}`}
                onClick={() => remove(name)}
              >
                <IconX size={14} />
              </ActionIcon>
            </Group>
            <BoundValue
              type={offer?.type ?? 'text'}
              label={`Value of ${name}`}
              value={values[name]}
              onChange={(next) => change({ ...values, [name]: next })}
              {...(offer?.options === undefined ? {} : { options: offer.options })}
            />
          </div>
        );
      })}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={12} />}
        style={{ alignSelf: 'flex-start' }}
        disabled={names.includes('') || (offers.length > 0 && free.length === 0)}
        onClick={add}
      >
        {nameLabel === 'Column' ? 'Column' : 'Value'}
      </Button>
    </Stack>
  );
}

/** Values of a query's parameters. */
export const parametersField: FieldEditor = {
  id: 'parameters',
  rank: (item) => (item.hint.of === undefined ? 0 : rankByHint('parameters')(item)),
  Field: ParametersField,
};
/** Values of a table's columns. */
export const columnValuesField: FieldEditor = { id: 'values', rank: rankByHint('values'), Field: ColumnValuesField };
/** Values by name that may be bound. */
export const namedValuesField: FieldEditor = {
  id: 'namedValues',
  rank: ({ hint, schema }) => {
    if (hint.editor === 'parameters') return hint.of === undefined ? 25 : 0;
    // Pairs in a list keep their order and may have a name twice.
    return hint.editor === 'keyValue' && schema.type !== 'array' ? 25 : 0;
  },
  Field: NamedValuesField,
};
