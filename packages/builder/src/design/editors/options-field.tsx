import { useState } from 'react';
import { ActionIcon, Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { isJsonObject } from '@fettle/base';
import type { FieldEditor, FieldProps } from '../../fields/field-editor.ts';
import { moveItem, removeItem } from './item-list.ts';
import { formatOptions, parseOptions, type Option } from './option-lines.ts';

function OptionsField({ item, value, onChange, inputId }: FieldProps) {
  const options = readOptions(value ?? item.defaultValue);
  const [lines, setLines] = useState<string>();
  const change = (next: readonly Option[]): void => onChange(next.length === 0 && !item.isRequired ? undefined : next);
  const set = (index: number, option: Option): void => change(options.map((old, at) => (at === index ? option : old)));
  if (lines !== undefined) {
    return (
      <Stack gap={4}>
        <Textarea
          id={inputId}
          autosize
          minRows={4}
          maxRows={14}
          autoFocus
          description="One option per line; value = label where they differ."
          value={lines}
          onChange={(event) => {
            setLines(event.currentTarget.value);
            change(parseOptions(event.currentTarget.value));
          }}
        />
        <Button
          size="compact-xs"
          variant="subtle"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => setLines(undefined)}
        >
          As a list
        </Button>
      </Stack>
    );
  }
  return (
    <Stack gap={4} role="group" aria-label={item.title}>
      {options.map((option, index) => (
        <Group key={index} gap={4} wrap="nowrap">
          <TextInput
            flex={1}
            aria-label={`Value ${index + 1}`}
            placeholder="Value"
            value={option.value}
            onChange={(event) => set(index, { ...option, value: event.currentTarget.value })}
          />
          <TextInput
            flex={1}
            aria-label={`Label of ${option.value}`}
            placeholder={option.value === '' ? 'Label' : option.value}
            value={option.label ?? ''}
            onChange={(event) => set(index, withLabel(option, event.currentTarget.value))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`Move ${option.value} up`}
            disabled={index === 0}
            onClick={() => change(moveItem(options, index, index - 1))}
          >
            <IconArrowUp size={12} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`Remove ${option.value || `option ${index + 1}`}`}
            onClick={() => change(removeItem(options, index))}
          >
            <IconX size={12} />
          </ActionIcon>
        </Group>
      ))}
      <Group gap={4}>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={12} />}
          onClick={() => change([...options, { value: `option${options.length + 1}` }])}
        >
          Option
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setLines(formatOptions(options))}>
          As text
        </Button>
      </Group>
    </Stack>
  );
}

function withLabel({ label: _old, ...rest }: Option, label: string): Option {
  return label === '' ? rest : { ...rest, label };
}

function readOptions(value: unknown): readonly Option[] {
  return Array.isArray(value)
    ? value.flatMap((one: unknown) =>
        isJsonObject(one) ? [{ ...one, value: String(one['value'] ?? '') } as Option] : [],
      )
    : [];
}

/** Values with labels. */
export const optionsField: FieldEditor = {
  id: 'options',
  rank: (item) => (item.hint.editor === 'options' && item.schema.items?.properties !== undefined ? 24 : 0),
  Field: OptionsField,
};
