import { Button } from '@mantine/core';
import { IconAlertTriangle, IconFilterOff, IconTable } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { AppError } from '@fettle/base';
import classes from './table.module.css';

function State(props: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text?: string | undefined;
  readonly button?: ReactNode;
  readonly isAlert?: boolean;
}) {
  return (
    <div className={classes.state} role={props.isAlert === true ? 'alert' : 'status'}>
      <span className={classes.stateIcon}>{props.icon}</span>
      <p className={classes.stateTitle}>{props.title}</p>
      {props.text !== undefined && <p className={classes.stateText}>{props.text}</p>}
      {props.button}
    </div>
  );
}

/** Nothing there at all. */
export function EmptyState(props: { readonly text: string; readonly onAdd: (() => void) | undefined }) {
  return (
    <State
      icon={<IconTable size={22} />}
      title={props.text}
      button={
        props.onAdd === undefined ? undefined : (
          <Button size="xs" onClick={props.onAdd}>
            Add the first row
          </Button>
        )
      }
    />
  );
}

/** There are rows, but none that match. */
export function NoMatchState(props: { readonly onClear: (() => void) | undefined }) {
  return (
    <State
      icon={<IconFilterOff size={22} />}
      title="No row matches"
      text="Try other words or fewer filters."
      button={
        props.onClear === undefined ? undefined : (
          <Button size="xs" variant="default" onClick={props.onClear}>
            Clear filters
          </Button>
        )
      }
    />
  );
}

/** The rows could not be loaded: why, and again. */
export function ErrorState(props: { readonly error: Error; readonly onRetry: () => void }) {
  const hint = props.error instanceof AppError ? props.error.hint : undefined;
  return (
    <State
      isAlert
      icon={<IconAlertTriangle size={22} />}
      title="The rows could not be loaded"
      text={[props.error.message, hint].filter((part) => part !== undefined && part !== '').join(' ')}
      button={
        <Button size="xs" variant="default" onClick={props.onRetry}>
          Retry
        </Button>
      }
    />
  );
}

/** On the canvas, before data was chosen. */
export function NoDataState() {
  return (
    <State icon={<IconTable size={22} />} title="A table" text="Choose its data in the settings to see rows here." />
  );
}

/** The table that the settings name is gone, or this person may not see it. */
export function NoTableState() {
  return (
    <State
      isAlert
      icon={<IconAlertTriangle size={22} />}
      title="This data is not available"
      text="The table no longer exists, or your role may not see it. Ask whoever made this app."
    />
  );
}
