import { Select, Stack, TextInput } from '@mantine/core';
import type { ExpectedValue } from '@fettle/definition';
import { JsonBox } from './json-box.tsx';

const modes = [
  { value: 'any', label: 'Anything' },
  { value: 'equals', label: 'Exactly' },
  { value: 'includes', label: 'At least' },
  { value: 'that', label: 'An expression is true' },
] as const;
type Mode = (typeof modes)[number]['value'];

/** What a value must be: nothing said, exactly this, this among more, or an expression over it. */
export function ExpectedValueField(props: {
  readonly label: string;
  readonly value: ExpectedValue | undefined;
  readonly onChange: (value: ExpectedValue | undefined) => void;
}) {
  const { label, value, onChange } = props;
  const mode = modeOf(value);
  return (
    <Stack gap={6}>
      <Select
        size="xs"
        label={label}
        allowDeselect={false}
        data={[...modes]}
        value={mode}
        onChange={(next) => onChange(switchMode(value, (next ?? 'any') as Mode))}
      />
      {value !== undefined && 'that' in value && (
        <TextInput
          size="xs"
          aria-label={`${label}: expression`}
          placeholder="value.total > 10"
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={value.that}
          onChange={(event) => onChange({ that: event.currentTarget.value })}
        />
      )}
      {value !== undefined && 'equals' in value && (
        <JsonBox label={`${label}: value`} value={value.equals} onChange={(equals) => onChange({ equals })} />
      )}
      {value !== undefined && 'includes' in value && (
        <JsonBox
          label={`${label}: part`}
          description="Members at any depth; an item of a list may stand anywhere in it."
          value={value.includes}
          onChange={(includes) => onChange({ includes })}
        />
      )}
    </Stack>
  );
}

function modeOf(value: ExpectedValue | undefined): Mode {
  if (value === undefined) return 'any';
  return 'that' in value ? 'that' : 'equals' in value ? 'equals' : 'includes';
}

/** The JSON stays when only the way of comparing changes. */
function switchMode(value: ExpectedValue | undefined, mode: Mode): ExpectedValue | undefined {
  const kept = value === undefined ? {} : 'equals' in value ? value.equals : 'includes' in value ? value.includes : {};
  switch (mode) {
    case 'any':
      return undefined;
    case 'equals':
      return { equals: kept };
    case 'includes':
      return { includes: kept };
    default:
      return { that: 'value != null' };
  }
}
