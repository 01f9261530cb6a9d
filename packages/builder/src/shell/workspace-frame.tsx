import type { ReactNode } from 'react';
import { Badge, NavLink as MantineNavLink, Stack } from '@mantine/core';
import { IconApps, IconCircleCheck, IconDatabase, IconLayoutGrid, IconSettings, IconUsers } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { AccountMenu } from './account-menu.tsx';
import { BrandMark } from './brand-mark.tsx';
import { useIsAtLeast, useWorkspace } from './workspace.tsx';
import { useSignalValue } from '@fettle/runtime';
import { useInbox, WorkspaceBell } from './workspace-bell.tsx';
import { WorkspaceSwitcher } from './workspace-switcher.tsx';
import styles from './workspace-frame.module.css';

/** Side bar and page of a workspace. On narrow windows the side bar becomes a row on top. */
export function WorkspaceFrame({ children }: { readonly children: ReactNode }) {
  const { slug } = useWorkspace();
  const isBuilder = useIsAtLeast('builder');
  const open = useSignalValue(useInbox().open);
  return (
    <div className={styles['frame']}>
      <a className={styles['skip']} href="#content">
        Skip to content
      </a>
      <nav className={styles['side']} aria-label="Workspace">
        <div className={styles['brand']}>
          <BrandMark />
        </div>
        <WorkspaceSwitcher />
        <Stack gap={2} className={styles['links']}>
          <Entry to={`/w/${slug}/apps`} label="Apps" icon={<IconApps size={16} />} />
          <Entry to={`/w/${slug}/approvals`} label="Approvals" icon={<IconCircleCheck size={16} />} count={open} />
          {isBuilder && <Entry to={`/w/${slug}/templates`} label="Templates" icon={<IconLayoutGrid size={16} />} />}
          {isBuilder && <Entry to={`/w/${slug}/data`} label="Data" icon={<IconDatabase size={16} />} />}
          {isBuilder && <Entry to={`/w/${slug}/members`} label="Members" icon={<IconUsers size={16} />} />}
          {isBuilder && <Entry to={`/w/${slug}/settings`} label="Settings" icon={<IconSettings size={16} />} />}
        </Stack>
        <div className={styles['person']}>
          <AccountMenu />
          <WorkspaceBell />
        </div>
      </nav>
      <main id="content" className={styles['content']} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function Entry({
  to,
  label,
  icon,
  count = 0,
}: {
  readonly to: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly count?: number;
}) {
  const [location] = useLocation();
  const isActive = location === to || location.startsWith(`${to}/`);
  return (
    <MantineNavLink
      component={Link}
      href={to}
      label={label}
      leftSection={icon}
      rightSection={count > 0 ? <Badge size="sm">{count}</Badge> : undefined}
      active={isActive}
      aria-current={isActive ? 'page' : undefined}
      className={styles['link'] ?? ''}
    />
  );
}
