import { useState } from 'react';
import { Alert, Button, Group, Paper, Stack, Switch, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { DataSourceInfo, Environment } from '@fettle/contract';
import { jsonEquals, type Json } from '@fettle/base';
import type { ConnectorManifest } from '@fettle/sdk';
import { plainEditors } from '../../fields/plain-editors.ts';
import { SettingsForm } from '../../fields/settings-form.tsx';
import { TestButton, TestResult, useConnectionTest } from '../new-source/connection-test.tsx';
import {
  isNewDestination,
  missingSettings,
  settingProblems,
  splitSettings,
  type FormValues,
} from '../new-source/source-request.ts';
import { useUpdateSource } from './use-update-source.ts';

/** The connection of one environment. Secrets are written, never read. */
export function EnvironmentSettings(props: {
  readonly source: DataSourceInfo;
  readonly connector: ConnectorManifest;
  readonly environment: Environment;
}) {
  const { source, connector, environment } = props;
  const stored = source.environments[environment];
  // The form of an environment that inherits starts from what it inherits.
  const start = stored.isInherited ? source.environments.development.settings : stored.settings;
  const [isInherited, setIsInherited] = useState(stored.isInherited);
  const [values, setValues] = useState<FormValues>(start);
  const test = useConnectionTest();
  const update = useUpdateSource(source, 'The connection is saved.');
  const isElsewhere = isNewDestination(connector, start, values);
  const secretsSet = isElsewhere || stored.isInherited ? [] : stored.secretsSet;
  const isChanged =
    isInherited !== stored.isInherited || (!isInherited && !jsonEquals(start as Json, withoutUndefined(values)));
  const isReady = isInherited || missingSettings(connector, values, secretsSet).length === 0;
  const title = environment === 'development' ? 'Development' : 'Production';
  const save = (): void => {
    if (isInherited) update.mutate({ environment, isInherited: true });
    else update.mutate({ environment, isInherited: false, ...splitSettings(connector, values) });
  };
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Stack gap="md">
        <Title order={2} size="h5">
          {title}
        </Title>
        {environment === 'production' && (
          <Switch
            label="Production uses the same connection"
            checked={isInherited}
            onChange={(event) => setIsInherited(event.currentTarget.checked)}
          />
        )}
        {!isInherited && (
          <SettingsForm
            schema={connector.settings}
            values={values}
            editors={plainEditors}
            secretsSet={secretsSet}
            problems={{ ...settingProblems(update.error), ...settingProblems(test.error) }}
            onChange={(name, value) => {
              if (!test.isIdle) test.reset();
              setValues((before) => ({ ...before, [name]: value }));
            }}
          />
        )}
        {!isInherited && isElsewhere && stored.secretsSet.length > 0 && (
          <Alert
            color="yellow"
            variant="light"
            icon={<IconAlertTriangle size={16} />}
            title="A new destination clears the stored secrets"
          >
            A password is only sent where it was entered for. Enter the secrets again for the new destination.
          </Alert>
        )}
        {(isChanged || !isInherited) && (
          <Group gap="xs">
            <Button onClick={save} disabled={!isChanged || !isReady} loading={update.isPending}>
              Save
            </Button>
            {!isInherited && (
              <TestButton
                test={test}
                input={{ connector, values, saved: { id: source.id, environment } }}
                isDisabled={!isReady}
              />
            )}
          </Group>
        )}
        <TestResult test={test} />
      </Stack>
    </Paper>
  );
}

function withoutUndefined(values: FormValues): Json {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Json;
}
