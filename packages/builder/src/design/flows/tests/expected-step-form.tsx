import { ActionIcon, Group, NumberInput, Select } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { ExpectedStep, TestedFlow } from '@fettle/definition';
import { ExpectedValueField } from './expected-value.tsx';
import { StepSelect, testedStepLabel } from './step-select.tsx';
import { TurnsField } from './turns-field.tsx';
import styles from './tests.module.css';

/** What must have become of one step. */
export function ExpectedStepForm(props: {
  readonly places: readonly TestedFlow[];
  readonly step: ExpectedStep;
  readonly onChange: (step: ExpectedStep) => void;
  readonly onRemove: () => void;
}) {
  const { places, step, onChange } = props;
  const stepLabel = testedStepLabel(step);
  const set = <K extends keyof ExpectedStep>(key: K, value: ExpectedStep[K] | undefined): void => {
    const { [key]: _old, ...rest } = step;
    onChange((value === undefined ? rest : { ...rest, [key]: value }) as ExpectedStep);
  };
  return (
    <div className={styles['card']} role="group" aria-label={`Expected of ${stepLabel}`}>
      <Group gap={8} align="flex-end" wrap="nowrap">
        <StepSelect
          places={places}
          value={step}
          onChange={({ step: name, within }) => {
            const { within: _within, ...rest } = step;
            onChange({ ...rest, step: name, ...(within === undefined ? {} : { within }) });
          }}
        />
        <Select
          size="xs"
          label="State"
          w={120}
          clearable
          placeholder="Any"
          data={[
            { value: 'succeeded', label: 'Succeeded' },
            { value: 'failed', label: 'Failed' },
            { value: 'waiting', label: 'Waiting' },
          ]}
          value={step.state ?? null}
          onChange={(state) => set('state', (state ?? undefined) as ExpectedStep['state'])}
        />
        <TurnsField value={step.turns} onChange={(turns) => set('turns', turns)} />
        <NumberInput
          size="xs"
          label="Times"
          placeholder="Any"
          w={80}
          min={0}
          allowDecimal={false}
          value={step.times ?? ''}
          onChange={(value) => set('times', typeof value === 'number' ? value : undefined)}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Delete what is expected of ${stepLabel}`}
          onClick={props.onRemove}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
      <Group gap={8} grow align="flex-start">
        <ExpectedValueField label="It is given" value={step.input} onChange={(value) => set('input', value)} />
        <ExpectedValueField label="It gives" value={step.output} onChange={(value) => set('output', value)} />
      </Group>
    </div>
  );
}
