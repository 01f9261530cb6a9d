import { ActionIcon, Button, Group, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { rankByHint, type FieldEditor, type FieldProps } from '../field-editor.ts';

type Pair = readonly [name: string, value: string];

function KeyValueField({ item, value, onChange, isDisabled }: FieldProps) {
  const pairs: readonly Pair[] = Object.entries((value ?? {}) as Record<string, string>);
  const change = (next: readonly Pair[]): void => onChange(next.length === 0 ? undefined : Object.fromEntries(next));
  const set = (index: number, pair: Pair): void => change(pairs.map((old, at) => (at === index ? pair : old)));
  return (
    <Stack gap={6} role="group" aria-label={item.title}>
      {pairs.map(([name, text], index) => (
        <Group key={index} gap={6} wrap="nowrap">
          <TextInput
            aria-label={`Name ${index + 1}`}
            placeholder="Name"
            value={name}
            disabled={isDisabled ?? false}
            onChange={(event) => set(index, [event.currentTarget.value, text])}
          />
          <TextInput
            aria-label={`Value ${index + 1}`}
            placeholder="Value"
            value={text}
            flex={1}
            disabled={isDisabled ?? false}
            onChange={(event) => set(index, [name, event.currentTarget.value])}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${name || `pair ${index + 1}`}`}
            onClick={() => change(pairs.filter((_, at) => at !== index))}
          >
            <IconX size={14} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={12} />}
        style={{ alignSelf: 'flex-start' }}
        disabled={pairs.some(([name]) => name === '')}
        onClick={() => change([...pairs, ['', '']])}
      >
        Add
      </Button>
    </Stack>
  );
}

/** Names with text values, such as headers. */
export const keyValueField: FieldEditor = { id: 'keyValue', rank: rankByHint('keyValue'), Field: KeyValueField };
