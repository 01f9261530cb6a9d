import { Anchor, Text } from '@mantine/core';
import { labelFromName } from '@fettle/base';
import type { FlowRunDetails } from '@fettle/contract';
import { allSteps } from '@fettle/definition';
import { useApp, useDesign } from '../../design-context.ts';
import { StateMark } from './state-mark.tsx';
import { placeOf } from './step-run.ts';
import styles from './runs.module.css';

/** Which run this one repeats, and which repeat it. */
export function RunLinks({ run }: { readonly run: FlowRunDetails }) {
  const steps = useApp((app) => app.flows[run.flowId]?.steps);
  const from = (path: string | undefined): string => {
    if (path === undefined) return '';
    const { step, turn } = placeOf(path);
    const name = allSteps(steps).find(({ id }) => id === step)?.name;
    return `, from ${name === undefined ? 'a step that is gone' : labelFromName(name)}${turn === undefined ? '' : `, turn ${turn + 1}`}`;
  };
  return (
    <>
      {run.rerunOf !== undefined && (
        <Text size="xs" c="dimmed" mt={4}>
          {'Repeats '}
          <RunLink id={run.rerunOf}>another run</RunLink>
          {from(run.rerunFrom)}
          {run.rerunBy !== undefined && `, for ${run.rerunBy}`}
        </Text>
      )}
      {run.reruns.length > 0 && (
        <ul className={styles['links']} aria-label="Repeated by">
          {run.reruns.map((again) => (
            <li key={again.id}>
              <StateMark state={again.state} size={11} />
              <Text size="xs" c="dimmed" span>
                {'Repeated by a '}
                <RunLink id={again.id}>run of {new Date(again.createdAt).toLocaleString()}</RunLink>
                {from(again.from)}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Opens another run in place of the one that is shown. */
export function RunLink({ id, children }: { readonly id: string; readonly children: React.ReactNode }) {
  const { view } = useDesign();
  return (
    <Anchor component="button" type="button" size="xs" onClick={() => view.setState({ run: id })}>
      {children}
    </Anchor>
  );
}
