import { useMemo, useState } from 'react';
import { Button, SimpleGrid, Skeleton, Stack, TextInput } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconApps, IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import { useClient } from '../api/client.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { ErrorState } from '../shell/error-state.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { useWorkspace } from '../shell/workspace.tsx';
import { AppCard } from './app-card.tsx';
import { CreateAppDialog } from './create-app-dialog.tsx';
import { FirstSteps } from './first-steps.tsx';
import { matchesSearch } from './matches-search.ts';
import styles from './home.module.css';

/** All apps of the workspace, with search and ways to make one. */
export function BuilderHome() {
  const client = useClient();
  const workspace = useWorkspace();
  const [search, setSearch] = useState('');
  const [isCreating, creating] = useDisclosure(false);
  useHotkeys([['c', creating.open]]);
  const apps = useQuery({
    queryKey: ['apps', workspace.id],
    queryFn: ({ signal }) => client.call(routes.apps.list, { params: { workspaceId: workspace.id }, signal }),
  });
  const found = useMemo(
    () => (apps.data?.apps ?? []).filter((app) => matchesSearch(search, [app.name, app.description, app.slug])),
    [apps.data, search],
  );
  const isEmpty = apps.data?.apps.length === 0;

  return (
    <Stack gap="lg" className={styles['page']}>
      <PageHeader
        title="Apps"
        actions={
          !isEmpty && (
            <>
              <TextInput
                aria-label="Search apps"
                placeholder="Search apps"
                leftSection={<IconSearch size={14} />}
                value={search}
                onChange={(event) => setSearch(event.currentTarget.value)}
                w={220}
              />
              <Button leftSection={<IconPlus size={14} />} onClick={creating.open}>
                New app
              </Button>
            </>
          )
        }
      />
      {apps.isPending && (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
          {[1, 2, 3].map((number) => (
            <Skeleton key={number} height={132} radius="md" />
          ))}
        </SimpleGrid>
      )}
      {apps.isError && (
        <ErrorState error={apps.error} title="The apps could not be loaded" onRetry={() => void apps.refetch()} />
      )}
      {isEmpty && <FirstSteps onCreate={creating.open} />}
      {apps.isSuccess && !isEmpty && found.length === 0 && (
        <EmptyState icon={<IconApps size={20} />} title="No app matches" text={`Nothing here is called “${search}”.`}>
          <Button variant="default" onClick={() => setSearch('')}>
            Clear the search
          </Button>
        </EmptyState>
      )}
      {found.length > 0 && (
        <ul className={styles['list']}>
          {found.map((app) => (
            <li key={app.id}>
              <AppCard app={app} />
            </li>
          ))}
        </ul>
      )}
      <CreateAppDialog isOpen={isCreating} onClose={creating.close} />
    </Stack>
  );
}
