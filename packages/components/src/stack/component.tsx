import { useHost, type ComponentProps } from '@fettle/sdk/react';
import type { CSSProperties } from 'react';
import type { Static } from 'typebox';
import { spaceLength } from '../space.ts';
import type { stackManifest } from './manifest.ts';
import styles from './stack.module.css';

type Settings = Static<typeof stackManifest.settings>;

const justifyContent: Readonly<Record<Settings['justify'], string>> = {
  start: 'flex-start',
  center: 'center',
  end: 'flex-end',
  between: 'space-between',
};
const alignItems: Readonly<Record<Settings['align'], string>> = {
  stretch: 'stretch',
  start: 'flex-start',
  center: 'center',
  end: 'flex-end',
};

/** Implementation of `core/stack`. */
export function Stack({ settings }: ComponentProps<Settings>) {
  const host = useHost();
  const wraps = settings.direction === 'row' && settings.wrap;
  const style: CSSProperties = {
    gap: spaceLength(settings.gap),
    padding: spaceLength(settings.padding),
    alignItems: alignItems[settings.align],
    justifyContent: justifyContent[settings.justify],
    flexWrap: wraps ? 'wrap' : 'nowrap',
  };
  return (
    <div className={styles.stack} data-direction={settings.direction} data-wraps={wraps || undefined} style={style}>
      {host.slot('children')}
    </div>
  );
}
