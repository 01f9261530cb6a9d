import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import {
  allSteps,
  flowMockSchema,
  type FlowMock,
  type FlowStep,
  type FlowTest,
  type TestedFlow,
} from '@fettle/definition';
import { useExtensions } from '../../../extensions.ts';
import { JsonBox } from './json-box.tsx';
import { findTestedStep, StepSelect, testedStepLabel, useTestedFlows, type TestedStep } from './step-select.tsx';
import { TurnsField } from './turns-field.tsx';
import styles from './tests.module.css';

const kinds = [
  { value: 'output', label: 'Gives' },
  { value: 'error', label: 'Fails with' },
  { value: 'expires', label: 'Gets no answer' },
  { value: 'runs', label: 'Really runs' },
] as const;
type Kind = (typeof kinds)[number]['value'];

/** What steps give in the test instead of what they would do. */
export function MockList(props: {
  readonly test: FlowTest;
  readonly onChange: (mocks: FlowMock[] | null, mergeKey?: string) => void;
}) {
  const { test, onChange } = props;
  const places = useTestedFlows(test);
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
  const first = nextStep(places, mocks);
  return (
    <Stack gap="sm">
      <Text size="xs" c="dimmed">
        Steps that only compute really run. Every other step needs what it gives here: an output, an answer, rows of a
        loop, or an error. A flow that is called can give what it is said to, or really run on mocks of its own steps.
      </Text>
      {mocks.map((mock, index) => (
        <MockForm
          key={index}
          places={places}
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
          first !== undefined && onChange([...mocks, { ...first.place, output: exampleOf(first.step, flows) }])
        }
      >
        Add mock
      </Button>
    </Stack>
  );
}

function MockForm(props: {
  readonly places: readonly TestedFlow[];
  readonly mock: FlowMock;
  readonly onChange: (mock: FlowMock) => void;
  readonly onRemove: () => void;
}) {
  const { places, mock, onChange } = props;
  const kind = kindOf(mock);
  const { output: _output, error: _error, expires: _expires, runs: _runs, ...place } = mock;
  const label = testedStepLabel(mock);
  const canRun = findTestedStep(places, mock)?.kind === 'subFlow';
  return (
    <div className={styles['card']} role="group" aria-label={`Mock of ${label}`}>
      <Group gap={8} align="flex-end" wrap="nowrap">
        <StepSelect
          places={places}
          value={mock}
          onChange={({ step, within }) => {
            const { within: _within, ...rest } = mock;
            onChange({ ...rest, step, ...(within === undefined ? {} : { within }) });
          }}
        />
        <Select
          size="xs"
          label="What"
          w={140}
          allowDeselect={false}
          data={kinds.filter(({ value }) => value !== 'runs' || canRun || kind === 'runs')}
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
        <ActionIcon variant="subtle" color="gray" aria-label={`Delete the mock of ${label}`} onClick={props.onRemove}>
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

function kindOf({ error, expires, runs }: FlowMock): Kind {
  if (error !== undefined) return 'error';
  if (runs === true) return 'runs';
  return expires === true ? 'expires' : 'output';
}

function emptyOf(kind: Kind): Pick<FlowMock, 'output' | 'error' | 'expires' | 'runs'> {
  if (kind === 'error') return { error: { code: 'example.error', message: 'Something went wrong.' } };
  if (kind === 'runs') return { runs: true };
  return kind === 'expires' ? { expires: true } : { output: {} };
}

/** The first step without a mock that could need one, else any. */
function nextStep(
  places: readonly TestedFlow[],
  mocks: readonly FlowMock[],
): { readonly place: TestedStep; readonly step: FlowStep } | undefined {
  const taken = new Set(mocks.map(({ step, within = [] }) => [...within, step].join('/')));
  const all = places.flatMap(({ flow, within }) =>
    allSteps(flow.steps).map((step) => ({
      step,
      place: { step: step.name, ...(within.length === 0 ? {} : { within: [...within] }) },
    })),
  );
  const steps = all.filter(({ step: { kind } }) => kind === 'action' || kind === 'wait' || kind === 'subFlow');
  return (
    steps.find(({ place: { step, within = [] } }) => !taken.has([...within, step].join('/'))) ?? steps[0] ?? all[0]
  );
}

/** What the step gives as an example, to begin with. */
function exampleOf(step: FlowStep, { actions }: ReturnType<typeof useExtensions>['flows']): unknown {
  if (step.kind === 'action') return actions.find(({ id }) => id === step.type)?.sample ?? {};
  return step.kind === 'wait' && step.for.kind === 'approval' ? { approved: true, values: {} } : {};
}
