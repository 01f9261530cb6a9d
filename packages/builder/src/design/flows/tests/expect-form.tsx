import { Button, MultiSelect, Select, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { labelFromName } from '@fettle/base';
import { allSteps, type ExpectedStep, type Flow, type FlowTest } from '@fettle/definition';
import { ExpectedStepForm } from './expected-step-form.tsx';
import { ExpectedValueField } from './expected-value.tsx';
import { useTestedFlows } from './step-select.tsx';

type Expect = FlowTest['expect'];

/** What must come of the flow. */
export function ExpectForm(props: {
  readonly flow: Flow;
  readonly test: FlowTest;
  readonly onChange: (expect: Expect, mergeKey?: string) => void;
}) {
  const { flow, test } = props;
  const places = useTestedFlows(test);
  const { expect } = test;
  const names = allSteps(flow.steps).map(({ name }) => name);
  const set = <K extends keyof Expect>(key: K, value: Expect[K] | undefined): void => {
    const { [key]: _old, ...rest } = expect;
    props.onChange((value === undefined ? rest : { ...rest, [key]: value }) as Expect, `expect:${test.id}:${key}`);
  };
  const setError = (key: 'code' | 'message', text: string): void => {
    const { [key]: _old, ...rest } = expect.error ?? {};
    const error = text === '' ? rest : { ...rest, [key]: text };
    set('error', Object.keys(error).length === 0 ? undefined : error);
  };
  const steps = expect.steps ?? [];
  const setSteps = (next: ExpectedStep[]): void => set('steps', next.length === 0 ? undefined : next);
  const named = (name: string) => ({ value: name, label: labelFromName(name) });
  return (
    <Stack gap="sm">
      <Select
        label="The run"
        allowDeselect={false}
        data={[
          { value: 'succeeded', label: 'Succeeds' },
          { value: 'failed', label: 'Fails' },
          { value: 'waiting', label: 'Waits for an answer' },
        ]}
        value={expect.state}
        onChange={(state) => set('state', (state ?? 'succeeded') as Expect['state'])}
      />
      {expect.state === 'failed' && (
        <>
          <TextInput
            label="Code of its error"
            placeholder="Any"
            value={expect.error?.code ?? ''}
            onChange={(event) => setError('code', event.currentTarget.value)}
          />
          <TextInput
            label="A part of its message"
            placeholder="Any"
            value={expect.error?.message ?? ''}
            onChange={(event) => setError('message', event.currentTarget.value)}
          />
        </>
      )}
      <ExpectedValueField label="What it returns" value={expect.output} onChange={(output) => set('output', output)} />
      <TagsInput
        label="Steps run in this order"
        description="Others may run between them. Names of steps, one after the other."
        data={names}
        allowDuplicates
        error={firstUnknown(expect.order, names)}
        value={expect.order ?? []}
        onChange={(order) => set('order', order.length === 0 ? undefined : order.filter(isStepName))}
      />
      <MultiSelect
        label="Steps that must not run"
        searchable
        data={[...new Set([...names, ...(expect.never ?? [])])].map(named)}
        error={firstUnknown(expect.never, names)}
        value={expect.never ?? []}
        onChange={(never) => set('never', never.length === 0 ? undefined : never)}
      />
      <Textarea
        label="Expressions that are true at the end"
        description="One a line. They see trigger, steps, vars, output and error."
        autosize
        minRows={2}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={(expect.that ?? []).join('\n')}
        onChange={(event) => {
          const lines = event.currentTarget.value.split('\n');
          set('that', lines.every((line) => line === '') ? undefined : lines);
        }}
      />
      {steps.map((step, index) => (
        <ExpectedStepForm
          key={index}
          places={places}
          step={step}
          onChange={(next) => setSteps(steps.map((one, place) => (place === index ? next : one)))}
          onRemove={() => setSteps(steps.filter((_, place) => place !== index))}
        />
      ))}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} />}
        style={{ alignSelf: 'flex-start' }}
        disabled={names.length === 0}
        onClick={() => setSteps([...steps, { step: names[0] ?? '', state: 'succeeded' }])}
      >
        Expect something of a step
      </Button>
    </Stack>
  );
}

function isStepName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(name);
}

function firstUnknown(chosen: readonly string[] | undefined, names: readonly string[]): string | false {
  const unknown = chosen?.find((name) => !names.includes(name));
  return unknown === undefined ? false : `The flow has no step "${unknown}".`;
}
