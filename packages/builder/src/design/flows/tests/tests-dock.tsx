import { Button, CloseButton, Group, Text, UnstyledButton } from '@mantine/core';
import { IconPlayerPlay, IconPlus, IconTestPipe } from '@tabler/icons-react';
import { labelFromName } from '@fettle/base';
import type { Flow, FlowTest } from '@fettle/definition';
import { EmptyState } from '../../../shell/empty-state.tsx';
import { useApp, useDesign, useDispatch, useView } from '../../design-context.ts';
import { DockHandle } from '../../dock/dock-handle.tsx';
import { useDockHeight } from '../../dock/use-dock-height.ts';
import { useSampleTrigger } from '../scope/use-sample-trigger.ts';
import { newTest } from './new-test.ts';
import { TestDetails } from './test-details.tsx';
import { TestMark, testStateText } from './test-mark.tsx';
import { stateOfTest, useTestResults } from './test-results.ts';
import { useRunTests } from './use-run-tests.ts';
import dockStyles from '../../dock/dock.module.css';
import runStyles from '../runs/runs.module.css';

/** The tests of the flow below its canvas: how each stands, and one of them with all that it says. */
export function TestsDock({ flow }: { readonly flow: Flow }) {
  const { view, session } = useDesign();
  const dispatch = useDispatch();
  const [height, setHeight] = useDockHeight();
  const all = useApp((app) => app.flowTests);
  const tests = Object.values(all)
    .filter((test) => test.flow === flow.id)
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const chosen = useView((state) => state.test);
  const shown = tests.find(({ id }) => id === chosen) ?? tests[0];
  const running = useRunTests(flow.id);
  const sample = useSampleTrigger(flow);
  const add = (): void => {
    const test = newTest(session.store.getState().app, flow, sample);
    if (dispatch({ type: 'flowTest.add', test })) view.openTests(test.id);
  };
  return (
    <section className={dockStyles['dock']} style={{ height }} aria-label="Tests">
      <DockHandle height={height} onChange={setHeight} label="Height of the tests" />
      <Group className={dockStyles['bar'] ?? ''} justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600}>
          Tests
        </Text>
        <Group gap={6} wrap="nowrap">
          {tests.length > 0 && (
            <>
              <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={14} />} onClick={add}>
                New test
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                leftSection={<IconPlayerPlay size={14} />}
                loading={running.isPending}
                onClick={() => running.mutate(undefined)}
              >
                Run all
              </Button>
            </>
          )}
          <CloseButton size="sm" aria-label="Close tests" onClick={() => view.closeTests()} />
        </Group>
      </Group>
      {shown === undefined ? (
        <EmptyState
          icon={<IconTestPipe size={20} />}
          title="No tests yet"
          text="A test says what starts the flow, what its steps get from outside, and what must come of it. It touches nothing, and all run before the app is published. Open a run and press “Make a test”, or begin with an empty one."
        >
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={add}>
            New test
          </Button>
        </EmptyState>
      ) : (
        <div className={runStyles['columns']}>
          <ul className={runStyles['list']} aria-label="Tests of the flow" style={{ paddingTop: 6 }}>
            {tests.map((test) => (
              <TestRow key={test.id} test={test} isCurrent={test === shown} />
            ))}
          </ul>
          <div className={runStyles['detail']} style={{ borderLeft: '1px solid var(--fettle-border)' }}>
            <TestDetails key={shown.id} flow={flow} test={shown} running={running} />
          </div>
        </div>
      )}
    </section>
  );
}

function TestRow({ test, isCurrent }: { readonly test: FlowTest; readonly isCurrent: boolean }) {
  const { view } = useDesign();
  const known = useTestResults(({ results }) => results[test.id]);
  const flows = useApp((app) => app.flows);
  const state = stateOfTest(test, flows, known);
  return (
    <li>
      <UnstyledButton
        className={runStyles['item'] ?? ''}
        aria-current={isCurrent}
        onClick={() => view.openTests(test.id)}
      >
        <TestMark state={state} />
        <span className={runStyles['words']}>
          <Text size="sm" component="span" display="block" truncate>
            {labelFromName(test.name)}
          </Text>
          <Text size="xs" c="dimmed" component="span" display="block" truncate>
            {state === 'failed' ? (known?.outcome.differences[0]?.message ?? '') : testStateText(state)}
          </Text>
        </span>
      </UnstyledButton>
    </li>
  );
}
