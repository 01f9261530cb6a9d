import { useState } from 'react';
import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { createShortId, isName, uniqueName } from '@fettle/base';
import type { StateVariable } from '@fettle/definition';
import { useApp, useCurrentScreen, useDispatch } from '../../design-context.ts';
import { Panel, PanelSection } from '../panel.tsx';

const none: readonly StateVariable[] = [];

/** Named values that the app or the screen keeps while it is open. */
export function StatePanel() {
  const appVariables = useApp((app) => app.app.state) ?? none;
  const screen = useCurrentScreen();
  const dispatch = useDispatch();
  return (
    <Panel title="State">
      <Text size="xs" c="dimmed">
        Values that actions set and expressions read as {'{{ state.name }}'}. They are forgotten when the page closes.
      </Text>
      {screen !== undefined && (
        <Variables
          key={screen.id}
          title={`On the screen ${screen.name}`}
          variables={screen.state ?? none}
          onChange={(variables, mergeKey) =>
            dispatch({ type: 'state.set', screen: screen.id, variables: [...variables] }, mergeKey)
          }
        />
      )}
      <Variables
        title="In the whole app"
        variables={appVariables}
        onChange={(variables, mergeKey) => dispatch({ type: 'state.set', variables: [...variables] }, mergeKey)}
      />
    </Panel>
  );
}

function Variables(props: {
  readonly title: string;
  readonly variables: readonly StateVariable[];
  readonly onChange: (variables: readonly StateVariable[], options?: { mergeKey: string }) => void;
}) {
  const { variables, onChange } = props;
  const add = (): void => {
    const name = uniqueName('value', (candidate) => variables.some((variable) => variable.name === candidate));
    onChange([...variables, { id: createShortId('st'), name, initial: '' }]);
  };
  return (
    <PanelSection title={props.title}>
      {variables.map((variable) => (
        <VariableRow
          key={variable.id}
          variable={variable}
          isTaken={(name) => variables.some((other) => other.id !== variable.id && other.name === name)}
          onChange={(next) =>
            onChange(
              variables.map((other) => (other.id === variable.id ? next : other)),
              { mergeKey: `state:${variable.id}` },
            )
          }
          onRemove={() => onChange(variables.filter((other) => other.id !== variable.id))}
        />
      ))}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={add}
        style={{ alignSelf: 'flex-start' }}
      >
        Add value
      </Button>
    </PanelSection>
  );
}

function VariableRow(props: {
  readonly variable: StateVariable;
  readonly isTaken: (name: string) => boolean;
  readonly onChange: (variable: StateVariable) => void;
  readonly onRemove: () => void;
}) {
  const { variable } = props;
  const [name, setName] = useState(variable.name);
  const [initial, setInitial] = useState(() => textOf(variable.initial));
  const problem = !isName(name)
    ? 'Letters, digits and _; a letter first.'
    : props.isTaken(name)
      ? 'This name is taken.'
      : undefined;
  return (
    <Stack gap={4}>
      <Group gap={6} wrap="nowrap" align="flex-start">
        <TextInput
          aria-label="Name"
          flex={1}
          value={name}
          error={problem}
          onChange={(event) => setName(event.currentTarget.value)}
          onBlur={() => {
            if (problem === undefined && name !== variable.name) props.onChange({ ...variable, name });
          }}
        />
        <TextInput
          aria-label={`Initial value of ${variable.name}`}
          placeholder="Initial value"
          flex={1}
          value={initial}
          onChange={(event) => setInitial(event.currentTarget.value)}
          onBlur={() => props.onChange({ ...variable, initial: valueOf(initial) })}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          mt={4}
          aria-label={`Remove ${variable.name}`}
          onClick={props.onRemove}
        >
          <IconX size={14} />
        </ActionIcon>
      </Group>
    </Stack>
  );
}

/** JSON where it is JSON (numbers, true, lists), else the text itself. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
