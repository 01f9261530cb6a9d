import { Button, Stack, Text } from '@mantine/core';
import { IconLifebuoy, IconPlayerPause, IconStack2, IconTrash } from '@tabler/icons-react';
import { useStepEdits } from '../edit/use-step-edits.ts';

/** What can be done with several steps at once. */
export function SeveralSteps({ count }: { readonly count: number }) {
  const edits = useStepEdits();
  return (
    <Stack p="sm" gap="xs">
      <Text size="sm" fw={600}>
        {count} steps selected
      </Text>
      <Button variant="default" justify="flex-start" leftSection={<IconStack2 size={14} />} onClick={edits.duplicate}>
        Duplicate
      </Button>
      <Button
        variant="default"
        justify="flex-start"
        leftSection={<IconPlayerPause size={14} />}
        onClick={edits.toggleDisabled}
      >
        Disable or enable
      </Button>
      <Button variant="default" justify="flex-start" leftSection={<IconLifebuoy size={14} />} onClick={edits.wrapInTry}>
        Catch their failures
      </Button>
      <Button
        color="red"
        variant="light"
        justify="flex-start"
        leftSection={<IconTrash size={14} />}
        onClick={edits.remove}
      >
        Delete
      </Button>
    </Stack>
  );
}
