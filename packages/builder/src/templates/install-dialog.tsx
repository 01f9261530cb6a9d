import { useState } from 'react';
import { Alert, Button, Checkbox, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { AppError, randomText } from '@fettle/base';
import type { TemplateDetails } from '@fettle/contract';
import { InstallProgress } from './install-progress.tsx';
import { useInstallTemplate } from './use-templates.ts';

/** Making an app of a template: its name, and where its sample rows go. */
export function InstallDialog(props: {
  readonly template: TemplateDetails;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { template, isOpen, onClose } = props;
  const installation = useInstallTemplate(template.id);
  const close = (): void => {
    if (installation.isPending) return;
    installation.reset();
    onClose();
  };
  return (
    <Modal opened={isOpen} onClose={close} title={`Use “${template.name}”`} centered>
      <InstallForm template={template} installation={installation} onCancel={close} />
    </Modal>
  );
}

function InstallForm(props: {
  readonly template: TemplateDetails;
  readonly installation: ReturnType<typeof useInstallTemplate>;
  readonly onCancel: () => void;
}) {
  const { template, installation, onCancel } = props;
  const [, navigate] = useLocation();
  const [name, setName] = useState(template.name);
  const [hasRows, setHasRows] = useState(true);
  const [isInProduction, setInProduction] = useState(false);
  const { isPending, error } = installation;
  const install = (): void => {
    const sampleRows = !hasRows ? 'none' : isInProduction ? 'everywhere' : 'development';
    installation.mutate(
      { name: name.trim(), sampleRows, watchKey: randomText(20) },
      { onSuccess: ({ app }) => navigate(`/edit/${app.id}?template=${template.id}`) },
    );
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '' && !isPending) install();
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          data-autofocus
          maxLength={100}
          value={name}
          disabled={isPending}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Radio.Group
          label="Begin with"
          value={hasRows ? 'rows' : 'empty'}
          onChange={(value) => setHasRows(value === 'rows')}
        >
          <Stack gap="xs" mt="xs">
            <Radio
              value="rows"
              label="Sample data"
              description="Made-up rows to look around and build with. Delete them when you are done."
              disabled={isPending}
            />
            <Radio value="empty" label="Empty tables" disabled={isPending} />
          </Stack>
        </Radio.Group>
        {hasRows && (
          <Checkbox
            label="In the published app as well"
            description="Otherwise sample data is in development only, and the published app begins empty."
            checked={isInProduction}
            disabled={isPending}
            onChange={(event) => setInProduction(event.currentTarget.checked)}
          />
        )}
        {!isPending && (
          <Text size="sm" c="dimmed">
            Makes {template.tables.length} tables among the workspace’s own, and the app, and publishes it. Tables whose
            names are taken get a number.
          </Text>
        )}
        {isPending && <InstallProgress template={template} request={installation.variables} />}
        {error !== null && (
          <Alert
            color="red"
            variant="light"
            icon={<IconAlertTriangle size={16} />}
            title="It was not installed; nothing was left behind"
          >
            <Text size="sm">{error.message}</Text>
            {error instanceof AppError && error.hint !== undefined && (
              <Text size="sm" c="dimmed">
                {error.hint}
              </Text>
            )}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={isPending}>
            Install
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
