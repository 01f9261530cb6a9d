import { IconAlertTriangle } from '@tabler/icons-react';
import styles from './place-error.module.css';

/** An error in the place where it happened, with the next step. */
export function PlaceError(props: {
  readonly title: string;
  readonly message: string;
  readonly act?: { readonly label: string; readonly run: () => void };
}) {
  return (
    <div className={styles.error} role="alert">
      <IconAlertTriangle size={16} aria-hidden className={styles.icon} />
      <div className={styles.text}>
        <div className={styles.title}>{props.title}</div>
        <div className={styles.message}>{props.message}</div>
      </div>
      {props.act !== undefined && (
        <button type="button" className={styles.retry} onClick={props.act.run}>
          {props.act.label}
        </button>
      )}
    </div>
  );
}
