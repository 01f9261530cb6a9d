import type { NotificationInfo } from '@fettle/contract';
import { IconAlertTriangle, IconArrowUpCircle, IconBell, IconCircleCheck, IconMessageReply } from '@tabler/icons-react';
import { useEffect, useRef, type CSSProperties, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import { useSignalValue } from '../render/use-signal-value.ts';
import type { BellProps, NotificationLink } from './bell.tsx';
import styles from './inbox.module.css';
import { relativeTime } from './relative-time.ts';
import { useNotifications } from './use-notifications.ts';

interface PanelProps extends BellProps {
  /** Where the bell is. */
  readonly anchor: DOMRect;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly onClose: (isByKey: boolean) => void;
}

/** What somebody was told, newest first. On phones a sheet, elsewhere beside the bell. */
export function NotificationPanel({ inbox, linkOf, approvals, anchor, button, onClose }: PanelProps) {
  const open = useSignalValue(inbox.open);
  const panel = useRef<HTMLDivElement>(null);
  const { listed, error, isLoadingMore, load, loadMore, read, readAll } = useNotifications(inbox);
  useEffect(() => panel.current?.focus(), []);
  useEffect(() => {
    const onPointerDown = ({ target }: PointerEvent): void => {
      const isInside = panel.current?.contains(target as Node) === true || button.current?.contains(target as Node);
      if (isInside !== true) onClose(false);
    };
    document.addEventListener('pointerdown', onPointerDown);
    return () => document.removeEventListener('pointerdown', onPointerDown);
  }, [button, onClose]);
  const follow = (notification: NotificationInfo, link: NotificationLink | undefined, event: MouseEvent): void => {
    if (!notification.isRead) void read(notification);
    if (link === undefined) return;
    const isPlain = !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (link.go !== undefined && isPlain) {
      event.preventDefault();
      link.go();
    }
    onClose(false);
  };
  const notifications = listed?.notifications ?? [];
  return createPortal(
    <div
      ref={panel}
      className={styles.panel}
      style={placeAt(anchor)}
      role="dialog"
      aria-label="Notifications"
      tabIndex={-1}
      onKeyDown={(event) => onKey(event, panel.current, onClose)}
    >
      <div className={styles.head}>
        <h2 className={styles.title}>Notifications</h2>
        <button
          type="button"
          className={styles.quiet}
          disabled={!notifications.some(({ isRead }) => !isRead)}
          onClick={() => void readAll()}
        >
          Mark all as read
        </button>
      </div>
      <a
        className={styles.waiting}
        href={approvals.href}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          approvals.go();
          onClose(false);
        }}
      >
        <span>Approvals</span>
        <span>{open === 0 ? 'Nothing waits for you' : open === 1 ? '1 waits for you' : `${open} wait for you`}</span>
      </a>
      {error !== undefined && (
        <div className={styles.trouble} role="alert">
          <span>
            {error.message} {error.hint}
          </span>
          <button type="button" className={styles.quiet} onClick={() => void load()}>
            Try again
          </button>
        </div>
      )}
      {listed === undefined && error === undefined && <Bones />}
      {listed !== undefined && notifications.length === 0 && (
        <p className={styles.empty}>Nothing yet. What flows tell you, and what waits for you, comes here.</p>
      )}
      <ul className={styles.list}>
        {notifications.map((notification) => (
          <Entry key={notification.id} notification={notification} link={linkOf(notification)} onFollow={follow} />
        ))}
      </ul>
      {listed?.next !== undefined && (
        <button type="button" className={styles.more} disabled={isLoadingMore} onClick={() => void loadMore()}>
          {isLoadingMore ? 'One moment …' : 'Show older ones'}
        </button>
      )}
    </div>,
    document.body,
  );
}

const icons = {
  message: IconBell,
  approval: IconCircleCheck,
  escalation: IconArrowUpCircle,
  answer: IconMessageReply,
  alert: IconAlertTriangle,
} as const;

function Entry(props: {
  readonly notification: NotificationInfo;
  readonly link: NotificationLink | undefined;
  readonly onFollow: (notification: NotificationInfo, link: NotificationLink | undefined, event: MouseEvent) => void;
}) {
  const { notification, link, onFollow } = props;
  const { kind, title, body, app, createdAt, isRead } = notification;
  const Icon = icons[kind];
  const content = (
    <>
      <Icon size={18} aria-hidden className={styles.icon} />
      <span className={styles.text}>
        <span className={styles.entryTitle}>
          {title}
          {!isRead && <span className={styles.spoken}> (not read)</span>}
        </span>
        {body !== null && <span className={styles.body}>{body}</span>}
        <span className={styles.meta}>
          {app !== null && `${app.name} · `}
          <time dateTime={new Date(createdAt).toISOString()} title={new Date(createdAt).toLocaleString()}>
            {relativeTime(createdAt)}
          </time>
        </span>
      </span>
      {!isRead && <span className={styles.dot} aria-hidden />}
    </>
  );
  const facts = {
    className: styles.entry,
    'data-entry': '',
    'data-read': isRead,
    onClick: (event: MouseEvent) => onFollow(notification, link, event),
  };
  return (
    <li>
      {link === undefined ? (
        <button type="button" {...facts}>
          {content}
        </button>
      ) : (
        <a
          href={link.href}
          {...(link.go === undefined ? { target: '_blank', rel: 'noopener noreferrer' } : {})}
          {...facts}
        >
          {content}
        </a>
      )}
    </li>
  );
}

function Bones() {
  return (
    <div role="status" aria-label="Loading" className={styles.bones}>
      {[0, 1, 2].map((bone) => (
        <div key={bone} className={styles.bone} />
      ))}
    </div>
  );
}

/** Below the bell when that is at the top right, else beside it. */
function placeAt({ left, right, top, bottom }: DOMRect): CSSProperties {
  const { innerWidth, innerHeight } = window;
  const across = left < innerWidth / 2 ? { left: right + 8 } : { right: Math.max(innerWidth - right, 8) };
  const down =
    top < innerHeight / 2
      ? { top: left < innerWidth / 2 ? top : bottom + 6 }
      : { bottom: Math.max(innerHeight - bottom, 8) };
  return { ...across, ...down };
}

function onKey(event: KeyboardEvent, panel: HTMLElement | null, close: (isByKey: boolean) => void): void {
  if (event.key === 'Escape') {
    event.stopPropagation();
    close(true);
    return;
  }
  const stops = [...(panel?.querySelectorAll<HTMLElement>('a, button:not(:disabled)') ?? [])];
  if (event.key === 'Tab') {
    // It floats above the page: the keyboard stays in it until it is closed.
    const end = event.shiftKey ? stops[0] : stops.at(-1);
    const isAtEnd = document.activeElement === end || (event.shiftKey && document.activeElement === panel);
    if (!isAtEnd) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  }
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  event.preventDefault();
  const entries = stops.filter((stop) => stop.dataset['entry'] !== undefined);
  const at = entries.indexOf(document.activeElement as HTMLElement);
  const step = event.key === 'ArrowDown' ? 1 : -1;
  entries[at === -1 ? 0 : Math.min(Math.max(at + step, 0), entries.length - 1)]?.focus();
}
