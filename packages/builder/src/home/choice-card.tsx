import type { ReactNode } from 'react';
import { Loader, Text, UnstyledButton } from '@mantine/core';
import styles from './home.module.css';

/** One of a few big answers. */
export function ChoiceCard(props: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly isSelected?: boolean;
  readonly isBusy?: boolean;
  readonly onClick: () => void;
}) {
  return (
    <UnstyledButton
      className={styles['choice'] ?? ''}
      onClick={props.onClick}
      disabled={props.isBusy ?? false}
      aria-pressed={props.isSelected}
      {...(props.isSelected === true ? { 'data-selected': true } : {})}
    >
      {props.isBusy === true ? <Loader size={18} /> : props.icon}
      <Text size="sm" fw={500}>
        {props.title}
      </Text>
      <Text size="sm" c="dimmed">
        {props.text}
      </Text>
    </UnstyledButton>
  );
}
