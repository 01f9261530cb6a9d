import { useHost } from '@fettle/sdk/react';
import { Text } from '@mantine/core';
import { AppIcon } from '../icons/app-icon.tsx';
import stackStyles from '../stack/stack.module.css';
import styles from './overlay.module.css';

/** Body and footer of an overlay. It is a container of its own, so that grids inside follow its width. */
export function OverlayContent() {
  const host = useHost();
  return (
    <div className={styles.container}>
      <div className={`${stackStyles.stack} ${styles.body}`}>{host.slot('body')}</div>
      {(host.slotSize('footer') > 0 || host.mode === 'design') && (
        <div className={styles.footer}>{host.slot('footer')}</div>
      )}
    </div>
  );
}

/** A closed or open overlay in the flow of the canvas: something to select and to see that it is there. */
export function OverlayBar({ icon, title, isOpen }: { icon: string; title: string; isOpen: boolean }) {
  return (
    <div className={styles.bar}>
      <AppIcon name={icon} />
      <Text size="sm" fw={500} className={styles.barTitle}>
        {title}
      </Text>
      <Text size="xs" c="dimmed">
        {isOpen ? 'Open on the canvas' : 'Opens with an event action'}
      </Text>
    </div>
  );
}
