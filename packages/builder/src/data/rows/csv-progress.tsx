import { Button, Group, Progress, Stack, Text } from '@mantine/core';

/** How far an upload is, with a way to stop it. */
export function CsvProgress({ part, onCancel }: { readonly part: number; readonly onCancel: () => void }) {
  const percent = Math.round(part * 100);
  return (
    <Stack gap={6}>
      <Progress value={percent} aria-label="Upload" animated={part >= 1} />
      <Group justify="space-between">
        <Text size="xs" c="dimmed" data-numeric="" role="status">
          {part >= 1 ? 'Checking and storing the rows' : `${percent} % sent`}
        </Text>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
    </Stack>
  );
}
