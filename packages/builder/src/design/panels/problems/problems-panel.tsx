import { Stack, Text, UnstyledButton } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { labelFromName } from '@fettle/base';
import { allSteps, type AppProblem } from '@fettle/definition';
import { EmptyState } from '../../../shell/empty-state.tsx';
import { useApp, useDesign } from '../../design-context.ts';
import { Panel } from '../panel.tsx';
import { useProblems } from './use-problems.ts';
import { ProblemMark } from './problem-mark.tsx';
import styles from './problems-panel.module.css';

/** Everything that is wrong with the draft; a press shows the place. */
export function ProblemsPanel() {
  const problems = useProblems();
  const errors = problems.filter((problem) => problem.severity === 'error');
  const warnings = problems.filter((problem) => problem.severity === 'warning');
  return (
    <Panel title="Problems">
      {problems.length === 0 && (
        <EmptyState
          icon={<IconCircleCheck size={20} />}
          title="No problems"
          text="Everything fits together. You can publish."
        />
      )}
      {errors.length > 0 && (
        <Text size="xs" c="dimmed">
          Errors keep the app from being published.
        </Text>
      )}
      <Stack gap={4}>
        {[...errors, ...warnings].map((problem, index) => (
          <ProblemRow key={`${problem.code} ${problem.path} ${index}`} problem={problem} />
        ))}
      </Stack>
    </Panel>
  );
}

function ProblemRow({ problem }: { readonly problem: AppProblem }) {
  const { view } = useDesign();
  const place = problem;
  const where = useApp((app) => {
    const screen = place.screen === undefined ? undefined : app.screens[place.screen];
    const component = place.component === undefined ? undefined : screen?.components[place.component];
    const query = place.query === undefined ? undefined : app.queries[place.query];
    const flow = place.flow === undefined ? undefined : app.flows[place.flow];
    const step = place.step === undefined ? undefined : allSteps(flow?.steps).find(({ id }) => id === place.step);
    const test = place.flowTest === undefined ? undefined : app.flowTests[place.flowTest];
    const flowNames = [flow, step, test].map((one) => (one === undefined ? undefined : labelFromName(one.name)));
    return (
      [screen?.name, component?.name, query?.name, ...flowNames].filter((name) => name !== undefined).join(' · ') ||
      'App'
    );
  });
  return (
    <UnstyledButton className={styles['row'] ?? ''} onClick={() => view.reveal(place)}>
      <ProblemMark severity={problem.severity} label={problem.severity === 'error' ? 'Error' : 'Warning'} size={16} />
      <span>
        <Text size="xs" c="dimmed" component="span" display="block">
          {where}
        </Text>
        <Text size="sm" component="span" display="block">
          {problem.message}
        </Text>
        {problem.hint !== undefined && (
          <Text size="xs" c="dimmed" component="span" display="block">
            {problem.hint}
          </Text>
        )}
      </span>
    </UnstyledButton>
  );
}
