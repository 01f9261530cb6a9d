import { Alert, Button, Group, Text } from '@mantine/core';
import { IconCircleCheck, IconPlug } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { routes, type Environment } from '@fettle/contract';
import type { ConnectorManifest } from '@fettle/sdk';
import { useClient } from '../../api/client.ts';
import { ErrorState } from '../../shell/error-state.tsx';
import { useWorkspace } from '../../shell/workspace.tsx';
import { splitSettings, type FormValues } from './source-request.ts';

/** What a test of a connection tries. */
export interface ConnectionTestInput {
  readonly connector: ConnectorManifest;
  readonly values: FormValues;
  /** A saved data source: its stored secrets take part. */
  readonly saved?: { readonly id: string; readonly environment: Environment };
}

/** Trying settings before they are saved. */
export function useConnectionTest() {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  return useMutation({
    mutationFn: ({ connector, values, saved }: ConnectionTestInput) =>
      client.call(routes.dataSources.test, {
        params: { workspaceId },
        body: {
          connector: connector.id,
          ...splitSettings(connector, values),
          ...(saved === undefined ? {} : { dataSource: saved.id, environment: saved.environment }),
        },
      }),
  });
}

/** The button that tries the connection. */
export function TestButton(props: {
  readonly test: ReturnType<typeof useConnectionTest>;
  readonly input: ConnectionTestInput;
  readonly isDisabled?: boolean;
}) {
  return (
    <Button
      variant="default"
      leftSection={<IconPlug size={14} />}
      loading={props.test.isPending}
      disabled={props.isDisabled ?? false}
      onClick={() => props.test.mutate(props.input)}
    >
      Test connection
    </Button>
  );
}

/** What the last test gave, in its place. */
export function TestResult({ test }: { readonly test: ReturnType<typeof useConnectionTest> }) {
  if (test.isError) return <ErrorState error={test.error} title="The connection does not work yet" />;
  if (!test.isSuccess) return null;
  return (
    <Alert color="green" variant="light" icon={<IconCircleCheck size={16} />} maw={640} role="status">
      <Group gap="xs">
        <Text size="sm">The connection works.</Text>
        <Text size="sm" c="dimmed" data-numeric="">
          {Math.round(test.data.durationMs)} ms
        </Text>
      </Group>
    </Alert>
  );
}
