import { useMemo } from 'react';
import { Select } from '@mantine/core';
import { labelFromName } from '@fettle/base';
import { allSteps, testedFlows, type FlowStep, type FlowTest, type TestedFlow } from '@fettle/definition';
import { useApp } from '../../design-context.ts';

/** A step as a test names it: in its own flow, or in one that it calls for real. */
export interface TestedStep {
  readonly step: string;
  readonly within?: string[];
}

/** The flows that a test plays: its own, then those that it calls for real. */
export function useTestedFlows(test: FlowTest): readonly TestedFlow[] {
  const flows = useApp((app) => app.flows);
  return useMemo(() => testedFlows(flows, test), [flows, test]);
}

/** What people call a step of a test: “Notify › Send”. */
export function testedStepLabel({ step, within = [] }: TestedStep): string {
  return [...within, step].map(labelFromName).join(' › ');
}

/** The step that is meant; undefined when it is not there. */
export function findTestedStep(places: readonly TestedFlow[], { step, within = [] }: TestedStep): FlowStep | undefined {
  const place = places.find((one) => one.within.join('/') === within.join('/'));
  return place === undefined ? undefined : allSteps(place.flow.steps).find(({ name }) => name === step);
}

/** Chooses a step of the flows that a test plays. */
export function StepSelect(props: {
  readonly places: readonly TestedFlow[];
  readonly value: TestedStep;
  readonly onChange: (place: TestedStep) => void;
}) {
  const { places, value } = props;
  const chosen = [...(value.within ?? []), value.step].join('/');
  const options = new Map(
    places.flatMap(({ within, flow }) =>
      allSteps(flow.steps).map(({ name }) => [
        [...within, name].join('/'),
        testedStepLabel({ step: name, within: [...within] }),
      ]),
    ),
  );
  const isGone = !options.has(chosen);
  if (isGone) options.set(chosen, testedStepLabel(value));
  return (
    <Select
      size="xs"
      label="Step"
      flex={1}
      miw={120}
      searchable
      allowDeselect={false}
      error={isGone ? 'The test plays no such step.' : false}
      data={[...options].map(([key, label]) => ({ value: key, label }))}
      value={chosen}
      onChange={(key) => {
        const names = key?.split('/') ?? [];
        const step = names.at(-1);
        if (step === undefined) return;
        props.onChange(names.length === 1 ? { step } : { step, within: names.slice(0, -1) });
      }}
    />
  );
}
