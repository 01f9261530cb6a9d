import { Button, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import type { FlowTestOutcome } from '@fettle/contract';
import { allSteps, type Flow } from '@fettle/definition';
import { EmptyState } from '../../../shell/empty-state.tsx';
import { prettyValue } from '../../binding/preview-value.ts';
import { useDesign } from '../../design-context.ts';
import { durationText } from '../../../shell/duration-text.ts';
import type { TestState } from './test-results.ts';
import styles from './tests.module.css';

/** What came of the test: what differs, in words, with both values. Its course is on the canvas. */
export function TestOutcome(props: {
  readonly flow: Flow;
  readonly outcome: FlowTestOutcome | undefined;
  readonly state: TestState;
  readonly isRunning: boolean;
  readonly onRun: () => void;
}) {
  const { flow, outcome } = props;
  if (outcome === undefined) {
    return (
      <EmptyState
        icon={<IconPlayerPlay size={20} />}
        title="It has not been run yet"
        text="Running a test touches nothing outside. What it finds is listed here, and its course is shown on the canvas."
      >
        <Button size="xs" loading={props.isRunning} onClick={props.onRun}>
          Run this test
        </Button>
      </EmptyState>
    );
  }
  return (
    <div role="status">
      <Text size="sm" fw={600}>
        {outcome.hasPassed ? 'Passed' : `Failed: ${differencesText(outcome.differences.length)}`}
        <Text span size="xs" c="dimmed" fw={400}>
          {` · ${durationText(outcome.durationMs)}`}
          {props.state === 'old' && ' · before the last change'}
        </Text>
      </Text>
      <ol className={styles['differences']} aria-label="What differs">
        {outcome.differences.map((difference, index) => (
          <li key={index} className={styles['difference']}>
            <Difference flow={flow} difference={difference} />
          </li>
        ))}
      </ol>
    </div>
  );
}

const differencesText = (count: number): string => `${count} ${count === 1 ? 'difference' : 'differences'}`;

function Difference({
  flow,
  difference,
}: {
  readonly flow: Flow;
  readonly difference: FlowTestOutcome['differences'][number];
}) {
  const { view } = useDesign();
  const step = allSteps(flow.steps).find(({ name }) => name === difference.step);
  const hasValues = difference.expected !== undefined || difference.actual !== undefined;
  const isLong = hasValues && JSON.stringify([difference.expected, difference.actual]).length > 60;
  return (
    <>
      <Text size="sm">
        {difference.message}{' '}
        {step !== undefined && (
          <Button size="compact-xs" variant="subtle" onClick={() => view.selectSteps([step.id])}>
            Show the step
          </Button>
        )}
      </Text>
      {difference.hint !== undefined && (
        <Text size="xs" c="dimmed">
          {difference.hint}
        </Text>
      )}
      {isLong && (
        <div className={styles['values']}>
          <div>
            <Text size="xs" c="dimmed">
              Expected
            </Text>
            <pre className={styles['value']}>{prettyValue(difference.expected)}</pre>
          </div>
          <div>
            <Text size="xs" c="dimmed">
              Is
            </Text>
            <pre className={styles['value']}>{prettyValue(difference.actual)}</pre>
          </div>
        </div>
      )}
    </>
  );
}
