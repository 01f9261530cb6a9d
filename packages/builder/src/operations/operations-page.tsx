import type { ReactNode } from 'react';
import { Anchor, Badge, Button, Stack, Tabs } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { PageHeader } from '../shell/page-header.tsx';
import { useWorkspace } from '../shell/workspace.tsx';
import { AlertsTab } from './alerts/alerts-tab.tsx';
import { useAlerts } from './alerts/use-alerts.ts';
import { DeadLettersTab } from './dead-letters/dead-letters-tab.tsx';
import { HealthTab } from './health/health-tab.tsx';
import { useAppInfo, useFlowHealth } from './use-operations.ts';
import styles from './operations.module.css';

const tabs = ['health', 'dead-letters', 'alerts'] as const;
type Tab = (typeof tabs)[number];

/** How the flows of a live app fare, what failed for good, and who is told. */
export function OperationsPage({ appId, asked }: { readonly appId: string; readonly asked: string | undefined }) {
  const { slug } = useWorkspace();
  const [, navigate] = useLocation();
  const app = useAppInfo(appId);
  const tab: Tab = tabs.find((one) => one === asked) ?? 'health';
  const address = (to: Tab): string => `/w/${slug}/apps/${appId}/operations/${to}`;
  const letters = useFlowHealth(appId, 'day').data?.flows.reduce((sum, { deadLetters }) => sum + deadLetters, 0) ?? 0;
  const firing = useAlerts(appId).data?.alerts.filter((alert) => alert.firing.length > 0).length ?? 0;
  return (
    <Stack gap="md" className={styles['page']}>
      <div>
        <Anchor component={Link} href={`/w/${slug}/apps`} size="sm" c="dimmed">
          Apps
        </Anchor>
        <PageHeader
          title={app.data === undefined ? 'Operations' : `Operations of ${app.data.app.name}`}
          lead="How the flows of the published app fare, what failed for good, and who is told."
          actions={
            <Button component={Link} href={`/edit/${appId}`} variant="default" leftSection={<IconPencil size={14} />}>
              Edit the app
            </Button>
          }
        />
      </div>
      <Tabs value={tab} keepMounted={false} onChange={(next) => next !== null && navigate(address(next as Tab))}>
        <Tabs.List mb="md">
          <Tabs.Tab value="health">Health</Tabs.Tab>
          <Tabs.Tab value="dead-letters" rightSection={<Count of={letters} color="red" label="dead letters" />}>
            Dead letters
          </Tabs.Tab>
          <Tabs.Tab value="alerts" rightSection={<Count of={firing} color="yellow" label="alerts that hold now" />}>
            Alerts
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="health">
          <HealthTab appId={appId} lettersAddress={address('dead-letters')} />
        </Tabs.Panel>
        <Tabs.Panel value="dead-letters">
          <DeadLettersTab appId={appId} />
        </Tabs.Panel>
        <Tabs.Panel value="alerts">
          <AlertsTab appId={appId} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

function Count(props: { readonly of: number; readonly color: string; readonly label: string }): ReactNode {
  if (props.of === 0) return null;
  return (
    <Badge size="sm" variant="light" color={props.color} aria-label={`${props.of} ${props.label}`}>
      {props.of}
    </Badge>
  );
}
