import type { NotificationInfo } from '@fettle/contract';
import { IconBell } from '@tabler/icons-react';
import { lazy, useEffect, useRef, useState } from 'react';
import { Part } from '../shell/part.tsx';
import { useSignalValue } from '../render/use-signal-value.ts';
import styles from './inbox.module.css';
import type { Inbox } from './inbox.ts';

const NotificationPanel = lazy(() =>
  import('./notification-panel.tsx').then((module) => ({ default: module.NotificationPanel })),
);

/** Where a notification leads. */
export interface NotificationLink {
  readonly href: string;
  /** Goes there without loading a page. */
  readonly go?: () => void;
}

/** Props of {@link Bell}. */
export interface BellProps {
  readonly inbox: Inbox;
  readonly linkOf: (notification: NotificationInfo) => NotificationLink | undefined;
  /** Where approvals are answered. */
  readonly approvals: Required<NotificationLink>;
}

/** Says how much is new, and opens what it is. */
export function Bell({ inbox, linkOf, approvals }: BellProps) {
  const [anchor, setAnchor] = useState<DOMRect>();
  const button = useRef<HTMLButtonElement>(null);
  const unread = useSignalValue(inbox.unread);
  useEffect(() => inbox.follow(), [inbox]);
  const close = (isByKey: boolean): void => {
    setAnchor(undefined);
    if (isByKey) button.current?.focus();
  };
  const isOpen = anchor !== undefined;
  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.bell}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-label={unread === 0 ? 'Notifications' : `Notifications, ${unread} not read`}
        title="Notifications"
        onClick={() => setAnchor(isOpen ? undefined : button.current?.getBoundingClientRect())}
      >
        <IconBell size={18} aria-hidden />
        {unread > 0 && (
          <span className={styles.count} aria-hidden>
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </button>
      <span role="status" className={styles.spoken}>
        {unread > 0 ? `${unread} not read` : ''}
      </span>
      {isOpen && (
        <Part failure="none" onFailed={() => close(false)}>
          <NotificationPanel
            inbox={inbox}
            linkOf={linkOf}
            approvals={approvals}
            anchor={anchor}
            button={button}
            onClose={close}
          />
        </Part>
      )}
    </>
  );
}
