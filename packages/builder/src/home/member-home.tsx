import { Skeleton, Stack, Text } from '@mantine/core';
import { IconApps } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import { useClient } from '../api/client.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorState } from '../shell/error-state.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { useWorkspace } from '../shell/workspace.tsx';
import styles from './home.module.css';

/** The published apps a member may open. */
export function MemberHome() {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  const apps = useQuery({
    queryKey: ['my-apps', workspaceId],
    queryFn: ({ signal }) => client.call(routes.apps.mine, { params: { workspaceId }, signal }),
  });
  return (
    <Stack gap="lg" className={styles['page']}>
      <PageHeader title="Apps" />
      {apps.isPending && <Skeleton height={132} radius="md" />}
      {apps.isError && <ErrorState error={apps.error} onRetry={() => void apps.refetch()} />}
      {apps.data?.apps.length === 0 && (
        <EmptyState
          icon={<IconApps size={20} />}
          title="No apps for you yet"
          text="When your team publishes an app you may use, it appears here."
        />
      )}
      <ul className={styles['list']}>
        {apps.data?.apps.map((app) => (
          <li key={app.id}>
            <article className={styles['card']}>
              <a href={`/apps/${app.slug}`} className={styles['open']}>
                {app.name}
              </a>
              <Text size="sm" c="dimmed" lineClamp={2}>
                {app.description}
              </Text>
            </article>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
