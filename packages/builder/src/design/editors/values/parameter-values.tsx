import { Button, Group, Stack, Text } from '@mantine/core';
import type { FlowInput } from '@fettle/definition';
import { BoundValue } from '../bound-value.tsx';

/** A value, fixed or bound, for each parameter of a query or input of a flow. An empty one is left out: the default holds. */
export function ParameterValues(props: {
  readonly parameters: readonly FlowInput[];
  readonly values: Readonly<Record<string, unknown>>;
  readonly onChange: (values: Record<string, unknown>) => void;
}) {
  const { parameters, values, onChange } = props;
  const set = (name: string, value: unknown): void => {
    const { [name]: _old, ...rest } = values;
    onChange(value === '' || value === undefined ? rest : { ...rest, [name]: value });
  };
  const unknown = Object.keys(values).filter((name) => !parameters.some((parameter) => parameter.name === name));
  return (
    <Stack gap={6} role="group" aria-label="Parameters">
      {parameters.map(({ name, type, required, default: fallback }) => (
        <div key={name}>
          <Text size="xs" ff="monospace">
            {name}
            {required === true && fallback === undefined && (
              <Text span c="red" aria-hidden="true">
                {' *'}
              </Text>
            )}
          </Text>
          <BoundValue
            type={type}
            label={name}
            value={values[name]}
            placeholder={
              fallback === undefined
                ? type === 'file'
                  ? '{{ fileInput.value }}'
                  : type
                : `Default: ${JSON.stringify(fallback)}`
            }
            onChange={(value) => set(name, value)}
          />
        </div>
      ))}
      {unknown.map((name) => (
        <Group key={name} gap={6}>
          <Text size="xs" c="red">
            There is no parameter {name}.
          </Text>
          <Button size="compact-xs" variant="subtle" onClick={() => set(name, undefined)}>
            Remove its value
          </Button>
        </Group>
      ))}
    </Stack>
  );
}
