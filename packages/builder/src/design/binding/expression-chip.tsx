import { UnstyledButton } from '@mantine/core';
import styles from './binding.module.css';

/** A text with bindings at rest. A press or Enter opens it. */
export function ExpressionChip(props: {
  readonly text: string;
  readonly label: string;
  readonly placeholder: string;
  readonly inputId?: string;
  /** The focus comes back here after the editor was closed by a key. */
  readonly autoFocus?: boolean;
  readonly onOpen: () => void;
}) {
  const { text, inputId } = props;
  return (
    <UnstyledButton
      className={styles['chip'] ?? ''}
      data-empty={text === '' ? '' : undefined}
      data-plain={text.includes('{{') ? undefined : ''}
      {...(inputId === undefined ? {} : { id: inputId })}
      aria-label={`${props.label}: ${text === '' ? 'empty' : text}`}
      title={text}
      autoFocus={props.autoFocus ?? false}
      onClick={props.onOpen}
    >
      {text === '' ? props.placeholder : text}
    </UnstyledButton>
  );
}
