import { useHost, type ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { spaceLength } from '../space.ts';
import styles from './grid.module.css';
import type { gridManifest } from './manifest.ts';

/** Implementation of `core/grid`. */
export function Grid({ settings }: ComponentProps<Static<typeof gridManifest.settings>>) {
  const host = useHost();
  const style = { gap: spaceLength(settings.gap), padding: spaceLength(settings.padding), alignItems: settings.align };
  return (
    <div className={styles.grid} style={style}>
      {host.slot('children')}
    </div>
  );
}
