import { Stack, Tabs } from '@mantine/core';
import { useLocation, useParams } from 'wouter';
import { PageHeader } from '../shell/page-header.tsx';
import { useIsAtLeast, useWorkspace } from '../shell/workspace.tsx';
import { AccountTab } from './account-tab.tsx';
import { SecretsTab } from './secrets-tab.tsx';
import { ApiKeysTab } from './api-keys-tab.tsx';
import { AuditTab } from './audit-tab.tsx';
import { PluginsTab } from './plugins-tab.tsx';
import { WorkspaceTab } from './workspace-tab.tsx';
import styles from './settings.module.css';

const adminTabs = ['workspace', 'plugins', 'api-keys', 'audit'] as const;

/** Settings of the workspace, for its admins and builders, and of one's own account, for everybody. */
export function SettingsPage() {
  const { slug } = useWorkspace();
  const isAdmin = useIsAtLeast('admin');
  const [, navigate] = useLocation();
  const { '*': asked = '' } = useParams<{ readonly '*'?: string }>();
  const isBuilder = useIsAtLeast('builder');
  const tabs: readonly string[] = [...(isAdmin ? adminTabs : []), ...(isBuilder ? ['secrets'] : []), 'account'];
  const tab = tabs.includes(asked) ? asked : (tabs[0] ?? 'account');
  return (
    <Stack gap="md" className={styles['page']}>
      <PageHeader title="Settings" />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => next !== null && navigate(`/w/${slug}/settings/${next}`)}
      >
        <Tabs.List mb="lg" className={styles['tabs'] ?? ''}>
          {isAdmin && <Tabs.Tab value="workspace">Workspace</Tabs.Tab>}
          {isAdmin && <Tabs.Tab value="plugins">Plugins</Tabs.Tab>}
          {isBuilder && <Tabs.Tab value="secrets">Secrets</Tabs.Tab>}
          {isAdmin && <Tabs.Tab value="api-keys">API keys</Tabs.Tab>}
          {isAdmin && <Tabs.Tab value="audit">Audit log</Tabs.Tab>}
          <Tabs.Tab value="account">Your account</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="workspace">
          <WorkspaceTab />
        </Tabs.Panel>
        <Tabs.Panel value="plugins">
          <PluginsTab />
        </Tabs.Panel>
        <Tabs.Panel value="secrets">
          <SecretsTab />
        </Tabs.Panel>
        <Tabs.Panel value="api-keys">
          <ApiKeysTab />
        </Tabs.Panel>
        <Tabs.Panel value="audit">
          <AuditTab />
        </Tabs.Panel>
        <Tabs.Panel value="account">
          <AccountTab />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
