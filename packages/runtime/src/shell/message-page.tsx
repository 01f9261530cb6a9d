import type { ReactNode } from 'react';
import styles from './shell.module.css';

/** A page that says one thing and offers the next step. */
export function MessagePage(props: {
  readonly title: string;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  readonly children?: ReactNode;
}) {
  const { title, text, action, children } = props;
  return (
    <div className={styles.message}>
      <h1 className={styles.messageTitle}>{title}</h1>
      <p className={styles.messageText}>{text}</p>
      {action !== undefined && (
        <button type="button" className={styles.action} onClick={action.run}>
          {action.label}
        </button>
      )}
      {children}
    </div>
  );
}

/** The shape of a page while it is on its way. */
export function LoadingPage() {
  return (
    <div className={styles.loading} role="status" aria-label="Loading">
      <div className={styles.bone} style={{ width: '30%', height: 24 }} />
      <div className={styles.bone} style={{ height: 40 }} />
      <div className={styles.bone} style={{ height: 160 }} />
    </div>
  );
}
