import { ActionIcon, Button, Checkbox, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { parameterTypes } from '@fettle/definition';
import {
  missingParameters,
  parameterLabels,
  type ParameterDraft,
  type ParameterType,
  type QueryDraft,
} from './query-draft.ts';
import styles from './query.module.css';

/** The typed inputs of a query, with the values it is tried with. */
export function QueryParameters(props: {
  readonly draft: QueryDraft;
  readonly onChange: (parameters: readonly ParameterDraft[]) => void;
}) {
  const { draft, onChange } = props;
  const { parameters } = draft;
  const add = (name: string): void => onChange([...parameters, { name, type: 'text', isRequired: false, test: '' }]);
  const set = (index: number, part: Partial<ParameterDraft>): void =>
    onChange(parameters.map((parameter, at) => (at === index ? { ...parameter, ...part } : parameter)));
  const missing = missingParameters(draft);
  return (
    <section className={styles['parameters']} aria-label="Parameters">
      <Group justify="space-between">
        <Title order={2} size="h6">
          Parameters
        </Title>
        <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={12} />} onClick={() => add('')}>
          Add
        </Button>
      </Group>
      {parameters.length === 0 && (
        <Text size="xs" c="dimmed">
          Write {'{{ name }}'} where a value belongs. It is always bound, never pasted into the text.
        </Text>
      )}
      <Stack gap="sm">
        {parameters.map((parameter, index) => (
          <Stack key={index} gap={4}>
            <Group gap={6} wrap="nowrap">
              <TextInput
                aria-label={`Name of parameter ${index + 1}`}
                placeholder="name"
                value={parameter.name}
                maxLength={64}
                flex={1}
                onChange={(event) => set(index, { name: event.currentTarget.value.replace(/[^A-Za-z0-9_]/g, '') })}
              />
              <Select
                aria-label={`Type of ${parameter.name || `parameter ${index + 1}`}`}
                data={parameterTypes.map((type) => ({ value: type, label: parameterLabels[type] }))}
                value={parameter.type}
                allowDeselect={false}
                w={120}
                onChange={(type) => type !== null && set(index, { type: type as ParameterType, test: '' })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove ${parameter.name || `parameter ${index + 1}`}`}
                onClick={() => onChange(parameters.filter((_, at) => at !== index))}
              >
                <IconX size={14} />
              </ActionIcon>
            </Group>
            <TestValue parameter={parameter} index={index} onChange={(test) => set(index, { test })} />
            <Checkbox
              size="xs"
              label="Required"
              checked={parameter.isRequired}
              onChange={(event) => set(index, { isRequired: event.currentTarget.checked })}
            />
          </Stack>
        ))}
      </Stack>
      {missing.map((name) => (
        <Button
          key={name}
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={12} />}
          onClick={() => add(name)}
        >
          Add “{name}”
        </Button>
      ))}
    </section>
  );
}

const inputTypes: Readonly<Partial<Record<ParameterType, string>>> = { date: 'date', timestamp: 'datetime-local' };

function TestValue(props: {
  readonly parameter: ParameterDraft;
  readonly index: number;
  readonly onChange: (text: string) => void;
}) {
  const { parameter, onChange } = props;
  const label = `Test value of ${parameter.name || `parameter ${props.index + 1}`}`;
  if (parameter.type === 'boolean') {
    return (
      <Select
        aria-label={label}
        placeholder="null"
        clearable
        data={[
          { value: 'true', label: 'yes' },
          { value: 'false', label: 'no' },
        ]}
        value={parameter.test === '' ? null : parameter.test}
        onChange={(next) => onChange(next ?? '')}
      />
    );
  }
  return (
    <TextInput
      aria-label={label}
      placeholder={parameter.type === 'list' ? 'Test values, separated by commas' : 'Test value'}
      type={inputTypes[parameter.type] ?? 'text'}
      value={parameter.test}
      autoComplete="off"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
