import { useState } from 'react';
import { ActionIcon, Button, Group, SegmentedControl, Select, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconArrowLeft,
  IconDeviceDesktop,
  IconDeviceMobile,
  IconExternalLink,
  IconPlus,
  IconRefresh,
} from '@tabler/icons-react';
import { Link } from 'wouter';
import { ErrorState } from '../shell/error-state.tsx';
import { PageLoading } from '../shell/page-loading.tsx';
import { useWorkspace } from '../shell/workspace.tsx';
import { InstallDialog } from './install-dialog.tsx';
import { Device } from './template-shots.tsx';
import { useTemplate } from './use-templates.ts';
import styles from './templates.module.css';

/** The app of a template, played on its sample rows: nothing is installed, and what is written is gone afterwards. */
export function TryPage({ id }: { readonly id: string }) {
  const { id: workspaceId, slug } = useWorkspace();
  const template = useTemplate(id);
  const [size, setSize] = useState('desktop');
  const [role, setRole] = useState('admin');
  const [round, setRound] = useState(0);
  const [isInstalling, installing] = useDisclosure(false);
  if (template.isPending) return <PageLoading />;
  if (template.isError)
    return (
      <ErrorState
        error={template.error}
        title="The template could not be loaded"
        onRetry={() => void template.refetch()}
      />
    );
  const { name, roles } = template.data;
  const address = `/preview/template/${workspaceId}/${id}?role=${role}`;
  return (
    <div className={styles['try']}>
      <Group className={styles['tryBar'] ?? ''} justify="space-between" gap="sm">
        <Group gap="sm" miw={0}>
          <Link href={`/w/${slug}/templates/${id}`} className={styles['back'] ?? ''}>
            <IconArrowLeft size={14} aria-hidden /> {name}
          </Link>
          <Text size="sm" c="dimmed" className={styles['tryNote'] ?? ''}>
            A preview on sample data. What you change is gone when you leave.
          </Text>
        </Group>
        <Group gap="xs">
          <Select
            aria-label="See it as"
            size="xs"
            w={150}
            allowDeselect={false}
            value={role}
            onChange={(next) => setRole(next ?? 'admin')}
            data={[
              { value: 'admin', label: 'As an admin' },
              ...roles.map((one) => ({ value: one.id, label: `As ${one.name}` })),
              { value: 'basic', label: 'As a member' },
            ]}
          />
          <SegmentedControl
            size="xs"
            aria-label="Device"
            value={size}
            onChange={setSize}
            className={styles['trySize'] ?? ''}
            data={[
              { value: 'desktop', label: <Device icon={<IconDeviceDesktop size={14} />} text="Desktop" /> },
              { value: 'phone', label: <Device icon={<IconDeviceMobile size={14} />} text="Phone" /> },
            ]}
          />
          <ActionIcon
            component="a"
            href={address}
            target="_blank"
            variant="default"
            size={30}
            aria-label="Open in a tab of its own"
          >
            <IconExternalLink size={14} />
          </ActionIcon>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} />}
            onClick={() => setRound(round + 1)}
          >
            Start over
          </Button>
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={installing.open}>
            Use this template
          </Button>
        </Group>
      </Group>
      <div className={styles['tryStage']} data-size={size}>
        <iframe key={`${role} ${round}`} title={`${name}, a preview`} src={address} className={styles['tryFrame']} />
      </div>
      <InstallDialog template={template.data} isOpen={isInstalling} onClose={installing.close} />
    </div>
  );
}
