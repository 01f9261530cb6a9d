import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';

/** There is nothing at this address that the person can see. */
export function NotFoundPage() {
  return (
    <Center mih="60vh" p="md">
      <Stack gap="xs" align="center">
        <Title order={2} size="h3">
          There is nothing here
        </Title>
        <Text c="dimmed" size="sm">
          The address may be wrong, or you may not have access.
        </Text>
        <Button component={Link} href="/" variant="default" mt="sm">
          Go to your apps
        </Button>
      </Stack>
    </Center>
  );
}
