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

/**
 * An overlay on the canvas: a slim bar that unfolds in the flow of the screen while it is open, so that its content
 * can be selected and dropped on like any other.
 */
export function DesignedOverlay({ icon, title, isOpen }: { icon: string; title: string; isOpen: boolean }) {
  return (
    <section className={styles.designed} aria-label={title}>
      <div className={styles.bar}>
        <AppIcon name={icon} />
        <Text size="sm" fw={500} className={styles.barTitle}>
          {title}
        </Text>
        <Text size="xs" c="dimmed">
          {isOpen ? 'Open on the canvas' : 'Opens with an event action'}
        </Text>
      </div>
      {isOpen && (
        <div className={styles.unfolded}>
          <OverlayContent />
        </div>
      )}
    </section>
  );
}
