import { Button, Group, Modal, Text } from '@mantine/core';
import type { OpenQuestion } from '../state/messages.ts';

/** Asks a question and waits for yes or no. Loaded when the first question comes up. */
export function Confirmation({ question }: { readonly question: OpenQuestion }) {
  return (
    <Modal
      opened
      onClose={() => question.answer(false)}
      title={question.title}
      size="sm"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {question.message !== undefined && <Text size="sm">{question.message}</Text>}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={() => question.answer(false)}>
          Cancel
        </Button>
        <Button
          data-autofocus
          {...(question.danger === true ? { color: 'red' } : {})}
          onClick={() => question.answer(true)}
        >
          {question.button ?? 'Continue'}
        </Button>
      </Group>
    </Modal>
  );
}
