import { Text, UnstyledButton } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { useEvent } from '../host-hooks.ts';
import { AppIcon } from '../icons/app-icon.tsx';
import { Placeholder } from '../states/data-states.tsx';
import { textOf } from '../text-of.ts';
import type { stepsManifest } from './manifest.ts';
import styles from './steps.module.css';

type Settings = Static<typeof stepsManifest.settings>;
type StepState = 'done' | 'active' | 'failed' | 'ahead';

const spoken: Readonly<Record<StepState, string>> = {
  done: 'done',
  active: 'under way',
  failed: 'stopped',
  ahead: 'still to come',
};

/** Implementation of `core/steps`. */
export function Steps({ settings }: ComponentProps<Settings>) {
  const host = useHost();
  const click = useEvent('click');
  const items = settings.items.filter(({ visible }) => visible !== false);
  const current = items.findIndex(({ id }) => id === textOf(settings.current));
  if (items.length === 0) {
    return host.mode === 'design' ? <Placeholder icon="progress-check" hint="Every step is hidden" /> : null;
  }
  return (
    <ol className={styles.steps} data-direction={settings.direction}>
      {items.map((item, index) => {
        const state = stateOf(index, current, settings.state);
        const content = <Step item={item} state={state} number={index + 1} />;
        return (
          <li
            key={item.id}
            className={styles.step}
            data-state={state}
            {...(index === current ? { 'aria-current': 'step' } : {})}
          >
            {click.isActive ? (
              <UnstyledButton className={styles.button} onClick={() => void click.run({ step: item.id })}>
                {content}
              </UnstyledButton>
            ) : (
              content
            )}
          </li>
        );
      })}
    </ol>
  );
}

function stateOf(index: number, current: number, state: Settings['state']): StepState {
  if (index < current) return 'done';
  if (index > current || current === -1) return 'ahead';
  if (state === 'finished') return 'done';
  return state;
}

function Step({ item, state, number }: { item: Settings['items'][number]; state: StepState; number: number }) {
  const icon = state === 'done' ? 'check' : state === 'failed' ? 'x' : (item.icon ?? '');
  const description = textOf(item.description);
  return (
    <span className={styles.content}>
      <span className={styles.dot} role="img" aria-label={spoken[state]}>
        {icon === '' ? number : <AppIcon name={icon} size={14} />}
      </span>
      <span className={styles.texts}>
        <Text
          component="span"
          size="sm"
          fw={state === 'ahead' ? 400 : 500}
          {...(state === 'ahead' ? { c: 'dimmed' } : {})}
        >
          {textOf(item.label)}
        </Text>
        {description !== '' && (
          <Text component="span" size="xs" c="dimmed">
            {description}
          </Text>
        )}
      </span>
    </span>
  );
}
