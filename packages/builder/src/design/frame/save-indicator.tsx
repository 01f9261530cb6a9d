import { Button, Group, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCloudOff, IconLoader2 } from '@tabler/icons-react';
import { useDesign, useDraft } from '../design-context.ts';

/** Whether the server has everything; with a way to try again when it does not. */
export function SaveIndicator() {
  const { session } = useDesign();
  const save = useDraft((state) => state.save);
  const error = useDraft((state) => state.error);
  if (save === 'saved' || save === 'saving') {
    return (
      <Group gap={4} wrap="nowrap" role="status" c="dimmed">
        {save === 'saved' ? <IconCheck size={14} /> : <IconLoader2 size={14} />}
        <Text size="xs" c="dimmed">
          {save === 'saved' ? 'Saved' : 'Saving'}
        </Text>
      </Group>
    );
  }
  return (
    <Tooltip
      label={`${error?.message ?? 'The server cannot be reached.'} Your edits are kept here and sent again.`}
      multiline
      maw={280}
    >
      <Button
        size="compact-xs"
        variant="light"
        color="yellow"
        leftSection={<IconCloudOff size={14} />}
        onClick={() => void session.flush().catch(() => undefined)}
      >
        Not saved. Try now
      </Button>
    </Tooltip>
  );
}
