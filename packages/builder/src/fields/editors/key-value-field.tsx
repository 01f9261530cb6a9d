import { ActionIcon, Button, Group, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { rankByHint, type FieldEditor, type FieldProps } from '../field-editor.ts';

type Pair = readonly [name: string, value: string];

function KeyValueField({ item, value, onChange, isDisabled }: FieldProps) {
  const isList = item.schema.type === 'array';
  const pairs = pairsOf(value);
  const change = (next: readonly Pair[]): void => {
    if (next.length === 0) onChange(undefined);
    else onChange(isList ? next.map(([name, text]) => ({ name, value: text })) : Object.fromEntries(next));
  };
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

/** Pairs are stored as an object, or, where a name may stand twice, as a list of `{ name, value }`. */
function pairsOf(value: unknown): readonly Pair[] {
  if (Array.isArray(value))
    return (value as readonly { name: string; value: string }[]).map((pair) => [pair.name, pair.value] as const);
  return Object.entries((value ?? {}) as Record<string, string>);
}

/** Names with text values, such as headers. */
export const keyValueField: FieldEditor = { id: 'keyValue', rank: rankByHint('keyValue'), Field: KeyValueField };
