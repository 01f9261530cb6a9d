import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { labelFromName } from '@fettle/base';
import { allSteps, flowMockSchema, type Flow, type FlowMock, type FlowStep, type FlowTest } from '@fettle/definition';
import { useExtensions } from '../../../extensions.ts';
import { JsonBox } from './json-box.tsx';
import { TurnsField } from './turns-field.tsx';
import styles from './tests.module.css';

const kinds = [
  { value: 'output', label: 'Gives' },
  { value: 'error', label: 'Fails with' },
  { value: 'expires', label: 'Gets no answer' },
] as const;
type Kind = (typeof kinds)[number]['value'];

/** What steps give in the test instead of what they would do. */
export function MockList(props: {
  readonly flow: Flow;
  readonly test: FlowTest;
  readonly onChange: (mocks: FlowMock[] | null, mergeKey?: string) => void;
}) {
  const { flow, test, onChange } = props;
  const mocks = test.mocks ?? [];
  const change = (index: number, mock: FlowMock): void =>
    onChange(
      mocks.map((one, place) => (place === index ? mock : one)),
      `mocks:${test.id}:${index}`,
    );
  const remove = (index: number): void => {
    const rest = mocks.filter((_, place) => place !== index);
    onChange(rest.length === 0 ? null : rest);
  };
  const { flows } = useExtensions();
  const first = nextStep(flow, mocks);
  return (
    <Stack gap="sm">
      <Text size="xs" c="dimmed">
        Steps that only compute really run. Every other step needs what it gives here: an output, an answer, rows of a
        loop, or an error.
      </Text>
      {mocks.map((mock, index) => (
        <MockForm
          key={index}
          flow={flow}
          mock={mock}
          onChange={(next) => change(index, next)}
          onRemove={() => remove(index)}
        />
      ))}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} />}
        style={{ alignSelf: 'flex-start' }}
        disabled={first === undefined}
        onClick={() =>
          first !== undefined && onChange([...mocks, { step: first.name, output: exampleOf(first, flows) }])
        }
      >
        Add mock
      </Button>
    </Stack>
  );
}

function MockForm(props: {
  readonly flow: Flow;
  readonly mock: FlowMock;
  readonly onChange: (mock: FlowMock) => void;
  readonly onRemove: () => void;
}) {
  const { flow, mock, onChange } = props;
  const kind: Kind = mock.error !== undefined ? 'error' : mock.expires === true ? 'expires' : 'output';
  const { output: _output, error: _error, expires: _expires, ...place } = mock;
  return (
    <div className={styles['card']} role="group" aria-label={`Mock of ${labelFromName(mock.step)}`}>
      <Group gap={8} align="flex-end" wrap="nowrap">
        <StepSelect flow={flow} value={mock.step} onChange={(step) => onChange({ ...mock, step })} />
        <Select
          size="xs"
          label="What"
          w={140}
          allowDeselect={false}
          data={[...kinds]}
          value={kind}
          onChange={(next) => onChange({ ...place, ...emptyOf((next ?? 'output') as Kind) })}
        />
        <TurnsField
          value={mock.turns}
          onChange={(turns) => {
            const { turns: _turns, ...rest } = mock;
            onChange(turns === undefined ? rest : { ...rest, turns });
          }}
        />
        <NumberInput
          size="xs"
          label="Try"
          placeholder="Each"
          w={80}
          min={1}
          allowDecimal={false}
          value={mock.call ?? ''}
          onChange={(value) => {
            const { call: _call, ...rest } = mock;
            onChange(typeof value === 'number' && value >= 1 ? { ...rest, call: value } : rest);
          }}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Delete the mock of ${labelFromName(mock.step)}`}
          onClick={props.onRemove}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
      {kind === 'output' && (
        <JsonBox label="Output" value={mock.output} onChange={(output) => onChange({ ...place, output })} />
      )}
      {kind === 'error' && (
        <JsonBox
          label="Error"
          value={mock.error}
          schema={flowMockSchema.properties.error}
          onChange={(error) => onChange({ ...place, error: error as NonNullable<FlowMock['error']> })}
        />
      )}
    </div>
  );
}

function emptyOf(kind: Kind): Pick<FlowMock, 'output' | 'error' | 'expires'> {
  if (kind === 'error') return { error: { code: 'example.error', message: 'Something went wrong.' } };
  return kind === 'expires' ? { expires: true } : { output: {} };
}

/** The first step without a mock that could need one, else any. */
function nextStep(flow: Flow, mocks: readonly FlowMock[]): FlowStep | undefined {
  const taken = new Set(mocks.map(({ step }) => step));
  const steps = allSteps(flow.steps).filter(({ kind }) => kind === 'action' || kind === 'wait' || kind === 'subFlow');
  return steps.find(({ name }) => !taken.has(name)) ?? steps[0] ?? allSteps(flow.steps)[0];
}

/** What the step gives as an example, to begin with. */
function exampleOf(step: FlowStep, { actions }: ReturnType<typeof useExtensions>['flows']): unknown {
  if (step.kind === 'action') return actions.find(({ id }) => id === step.type)?.sample ?? {};
  return step.kind === 'wait' && step.for.kind === 'approval' ? { approved: true, values: {} } : {};
}

/** Chooses a step of the flow by its name. */
export function StepSelect(props: {
  readonly flow: Flow;
  readonly value: string;
  readonly onChange: (step: string) => void;
}) {
  const names = allSteps(props.flow.steps).map(({ name }) => name);
  const isGone = !names.includes(props.value);
  return (
    <Select
      size="xs"
      label="Step"
      flex={1}
      miw={120}
      searchable
      allowDeselect={false}
      error={isGone ? 'The flow has no such step.' : false}
      data={[...new Set([...names, props.value])].map((name) => ({ value: name, label: labelFromName(name) }))}
      value={props.value}
      onChange={(step) => step !== null && props.onChange(step)}
    />
  );
}
