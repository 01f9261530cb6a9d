import { ActionIcon, Badge, Group, Menu, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconActivity, IconDots, IconExternalLink, IconPencil, IconTrash } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { AppInfo } from '@fettle/contract';
import { useExtensions } from '../extensions.ts';
import { DeleteAppDialog } from './delete-app-dialog.tsx';
import { relativeTime } from '@fettle/runtime';
import { useWorkspace } from '../shell/workspace.tsx';
import styles from './home.module.css';

/** One app: its state, who touched it when, and what can be done with it. */
export function AppCard({ app }: { readonly app: AppInfo }) {
  const [isDeleting, deleting] = useDisclosure(false);
  const Icon = useExtensions().icons?.Icon;
  const { slug } = useWorkspace();
  return (
    <article className={styles['card']}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap="xs" wrap="nowrap" miw={0}>
          {Icon !== undefined && <Icon name={app.icon ?? 'apps'} size={18} />}
          <Link href={`/edit/${app.id}`} className={styles['open'] ?? ''}>
            {app.name}
          </Link>
        </Group>
        <Menu width={200} position="bottom-end">
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              className={styles['above'] ?? ''}
              aria-label={`More for ${app.name}`}
            >
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={14} />} component={Link} href={`/edit/${app.id}`}>
              Edit
            </Menu.Item>
            {app.live !== null && (
              <Menu.Item
                leftSection={<IconExternalLink size={14} />}
                component="a"
                href={`/apps/${app.slug}`}
                target="_blank"
              >
                Open the published app
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<IconActivity size={14} />}
              component={Link}
              href={`/w/${slug}/apps/${app.id}/operations`}
            >
              Operations of its flows
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={deleting.open}>
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Text size="sm" c="dimmed" lineClamp={2} flex={1}>
        {app.description === '' ? `/apps/${app.slug}` : app.description}
      </Text>
      <Group justify="space-between" gap="xs">
        <StateBadge app={app} />
        <Text size="xs" c="dimmed">
          {relativeTime(app.updatedAt)} by {app.updatedBy}
        </Text>
      </Group>
      <DeleteAppDialog app={app} isOpen={isDeleting} onClose={deleting.close} />
    </article>
  );
}

function StateBadge({ app }: { readonly app: AppInfo }) {
  if (app.live === null) {
    return (
      <Badge variant="light" color="gray">
        Draft
      </Badge>
    );
  }
  return app.hasChanges ? (
    <Badge variant="light" color="yellow">
      Unpublished changes
    </Badge>
  ) : (
    <Badge variant="light" color="green">
      Published · {app.live.number}
    </Badge>
  );
}
