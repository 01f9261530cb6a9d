import { useState } from 'react';
import { Button, Group, Paper, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { routes } from '@fettle/contract';
import type { ConnectorManifest } from '@fettle/sdk';
import { useClient } from '../../api/client.ts';
import { plainEditors } from '../../fields/plain-editors.ts';
import { SettingsForm } from '../../fields/settings-form.tsx';
import { ErrorState } from '../../shell/error-state.tsx';
import { notifySuccess } from '../../shell/notify.ts';
import { useWorkspace } from '../../shell/workspace.tsx';
import { useDataPaths } from '../data-paths.ts';
import { TestButton, TestResult, useConnectionTest } from './connection-test.tsx';
import { createRequest, missingSettings, settingProblems, type FormValues } from './source-request.ts';

/** Name and connection settings of a new data source. */
export function NewSourceForm({ connector }: { readonly connector: ConnectorManifest }) {
  const [name, setName] = useState(connector.title);
  const [development, setDevelopment] = useState<FormValues>({});
  const [production, setProduction] = useState<FormValues>({});
  const [isShared, setIsShared] = useState(true);
  const creation = useCreateSource(connector);
  const forms = isShared ? [development] : [development, production];
  const isReady = name.trim() !== '' && forms.every((values) => missingSettings(connector, values).length === 0);
  const isOneSet = Object.keys(connector.settings.properties).length === 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady)
          creation.mutate(
            createRequest(connector, { name, development, production: isShared ? undefined : production }),
          );
      }}
    >
      <Stack gap="md" maw={640}>
        <TextInput
          label="Name"
          description="How builders find it. You can change it later."
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <ConnectionCard
          title={isShared ? undefined : 'Development'}
          text={isShared ? undefined : 'Used while building and in previews.'}
          connector={connector}
          values={development}
          onChange={setDevelopment}
          error={creation.error}
        />
        {!isOneSet && (
          <Switch
            label="Production uses the same connection"
            description="Turn off when published apps work on another database than the one you build with."
            checked={isShared}
            onChange={(event) => setIsShared(event.currentTarget.checked)}
          />
        )}
        {!isShared && (
          <ConnectionCard
            title="Production"
            text="Used by published apps."
            connector={connector}
            values={production}
            onChange={setProduction}
            error={null}
          />
        )}
        {creation.isError && <ErrorState error={creation.error} title="It was not added" />}
        <Group justify="flex-end" gap="xs">
          <Button type="submit" disabled={!isReady} loading={creation.isPending}>
            Add data source
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ConnectionCard(props: {
  /** Absent while both environments share the one connection. */
  readonly title: string | undefined;
  readonly text: string | undefined;
  readonly connector: ConnectorManifest;
  readonly values: FormValues;
  readonly onChange: (values: FormValues) => void;
  readonly error: unknown;
}) {
  const test = useConnectionTest();
  const { connector, values } = props;
  return (
    <Paper withBorder p="md" component="section" aria-label={props.title ?? 'Connection'}>
      <Stack gap="md">
        {props.title !== undefined && (
          <div>
            <Title order={2} size="h5">
              {props.title}
            </Title>
            <Text size="sm" c="dimmed">
              {props.text}
            </Text>
          </div>
        )}
        <SettingsForm
          schema={connector.settings}
          values={values}
          editors={plainEditors}
          problems={{ ...settingProblems(props.error), ...settingProblems(test.error) }}
          onChange={(setting, value) => {
            if (!test.isIdle) test.reset();
            props.onChange({ ...values, [setting]: value });
          }}
        />
        <Group>
          <TestButton
            test={test}
            input={{ connector, values }}
            isDisabled={missingSettings(connector, values).length > 0}
          />
        </Group>
        <TestResult test={test} />
      </Stack>
    </Paper>
  );
}

function useCreateSource(connector: ConnectorManifest) {
  const client = useClient();
  const queries = useQueryClient();
  const paths = useDataPaths();
  const { id: workspaceId } = useWorkspace();
  const [, navigate] = useLocation();
  return useMutation({
    mutationFn: (body: ReturnType<typeof createRequest>) =>
      client.call(routes.dataSources.create, { params: { workspaceId }, body }),
    onSuccess: async ({ dataSource }) => {
      await queries.invalidateQueries({ queryKey: ['data-sources', workspaceId] });
      notifySuccess(`${dataSource.name} is connected.`);
      navigate(connector.capabilities.tables ? paths.source(dataSource.id) : paths.query(dataSource.id));
    },
  });
}
