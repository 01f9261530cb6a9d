import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { AppError } from '@fettle/base';

/** An error in its place: what happened, the next step, details on demand, and another try. */
export function ErrorState({
  error,
  onRetry,
  title,
}: {
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly title?: string;
}) {
  const known = error instanceof AppError ? error : undefined;
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={16} />}
      title={title ?? 'That did not work'}
      maw={640}
    >
      <Stack gap="xs">
        <Text size="sm">{error instanceof Error ? error.message : String(error)}</Text>
        {known?.hint !== undefined && (
          <Text size="sm" c="dimmed">
            {known.hint}
          </Text>
        )}
        {known?.problems?.map((problem) => (
          <Text size="sm" key={`${problem.path} ${problem.message}`}>
            {problem.path !== '' && <Code>{problem.path}</Code>} {problem.message}
          </Text>
        ))}
        {onRetry !== undefined && (
          <Group>
            <Button size="xs" variant="default" onClick={onRetry}>
              Try again
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
