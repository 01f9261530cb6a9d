import { useRef } from 'react';
import { Loader } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import type { InstallUnderWay, RouteInput, routes, TemplateDetails } from '@fettle/contract';
import { useInstallProgress } from './use-templates.ts';
import styles from './templates.module.css';

type InstallRequest = RouteInput<typeof routes.templates.install>['body'];

interface ShownStep {
  readonly id: string;
  readonly text: string;
}

/** What installing does, and how far it is. */
export function InstallProgress({
  template,
  request,
}: {
  readonly template: TemplateDetails;
  readonly request: InstallRequest | undefined;
}) {
  const now = useInstallProgress(request?.watchKey);
  const steps = stepsOf(template, request?.sampleRows ?? 'none');
  // Steps only go forward: an answer that came late is of before.
  const furthest = useRef(0);
  const place = now === undefined ? 0 : steps.findIndex(({ id }) => id === idOf(now));
  furthest.current = Math.max(furthest.current, place);
  const current = steps[furthest.current];
  return (
    <div>
      <ol className={styles['steps']} aria-label="Installing">
        {steps.map(({ id, text }, index) => {
          const state = index < furthest.current ? 'done' : index === furthest.current ? 'now' : 'later';
          return (
            <li key={id} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
              {state === 'done' && <IconCircleCheckFilled size={18} aria-hidden />}
              {state === 'now' && <Loader size={16} aria-hidden />}
              {state === 'later' && <IconCircle size={18} aria-hidden />}
              <span>{text}</span>
            </li>
          );
        })}
      </ol>
      <span role="status" className={styles['spoken']}>
        {current?.text ?? ''}
      </span>
    </div>
  );
}

function idOf({ step, environment }: InstallUnderWay): string {
  return environment === undefined ? step : `${step} ${environment}`;
}

function stepsOf({ tables, flows }: TemplateDetails, sampleRows: InstallRequest['sampleRows']): readonly ShownStep[] {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const environments = { none: [], development: ['development'], everywhere: ['development', 'production'] } as const;
  return [
    { id: 'tables', text: `Make ${tables.length} ${tables.length === 1 ? 'table' : 'tables'}` },
    ...environments[sampleRows].map((environment) => ({
      id: `rows ${environment}`,
      text: `Store ${rows} sample rows in ${environment}`,
    })),
    { id: 'app', text: 'Make the app' },
    { id: 'publish', text: flows.length === 0 ? 'Publish it' : 'Test its flows and publish it' },
  ];
}
