import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle, IconX } from '@tabler/icons-react';
import { lazy, useEffect, useState } from 'react';
import { Part } from '../shell/part.tsx';
import type { Messages, ShownNotice } from '../state/messages.ts';
import { useSignalValue } from './use-signal-value.ts';
import styles from './messages-view.module.css';

const Confirmation = lazy(() => import('./confirmation.tsx').then((module) => ({ default: module.Confirmation })));

const icons = {
  info: IconInfoCircle,
  success: IconCircleCheck,
  warning: IconAlertTriangle,
  error: IconCircleX,
} as const;

/** Notices at the bottom right, and the question that is open. */
export function MessagesView({ messages }: { readonly messages: Messages }) {
  const notices = useSignalValue(messages.notices);
  const question = useSignalValue(messages.question);
  return (
    <>
      <div className={styles.notices} role="status" aria-live="polite">
        {notices.map((notice) => (
          <NoticeView key={notice.id} notice={notice} onDismiss={() => messages.dismiss(notice.id)} />
        ))}
      </div>
      {question !== undefined && (
        <Part failure="none" onFailed={() => question.answer(false)}>
          <Confirmation question={question} />
        </Part>
      )}
    </>
  );
}

function NoticeView({ notice, onDismiss }: { readonly notice: ShownNotice; readonly onDismiss: () => void }) {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return undefined;
    // Longer texts and errors stay long enough to be read.
    const duration = Math.min(15_000, (notice.kind === 'error' ? 8000 : 4000) + notice.text.length * 30);
    const timer = setTimeout(onDismiss, duration);
    return () => clearTimeout(timer);
  }, [isHeld, notice, onDismiss]);
  const Icon = icons[notice.kind];
  return (
    <div
      className={styles.notice}
      data-kind={notice.kind}
      role={notice.kind === 'error' ? 'alert' : undefined}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <Icon size={18} aria-hidden className={styles.icon} />
      <div className={styles.text}>{notice.text}</div>
      <button type="button" className={styles.close} aria-label="Dismiss" onClick={onDismiss}>
        <IconX size={14} aria-hidden />
      </button>
    </div>
  );
}
