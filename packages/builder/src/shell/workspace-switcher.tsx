import { Menu, Text, UnstyledButton } from '@mantine/core';
import { IconCheck, IconSelector } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { useUser } from '../api/session.tsx';
import { useWorkspace } from './workspace.tsx';
import styles from './workspace-switcher.module.css';

/** Names the workspace; with several, switches between them. */
export function WorkspaceSwitcher() {
  const current = useWorkspace();
  const { workspaces } = useUser();
  const [, navigate] = useLocation();
  if (workspaces.length < 2) {
    return (
      <Text size="sm" fw={500} px={8} truncate title={current.name}>
        {current.name}
      </Text>
    );
  }
  return (
    <Menu width={192} position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={styles['button'] ?? ''} aria-label={`Workspace: ${current.name}. Switch`}>
          <Text size="sm" fw={500} truncate>
            {current.name}
          </Text>
          <IconSelector size={14} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {workspaces.map((workspace) => (
          <Menu.Item
            key={workspace.id}
            onClick={() => navigate(`/w/${workspace.slug}/apps`)}
            rightSection={workspace.id === current.id ? <IconCheck size={14} /> : undefined}
          >
            {workspace.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
