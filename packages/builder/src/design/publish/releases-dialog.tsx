import { useState } from 'react';
import { Badge, Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { routes, type ReleaseInfo } from '@fettle/contract';
import { useClient } from '../../api/client.ts';
import { relativeTime } from '@fettle/runtime';
import { EmptyState } from '../../shell/empty-state.tsx';
import { ErrorState } from '../../shell/error-state.tsx';
import { notifyError, notifySuccess } from '../../shell/notify.ts';
import { useDesign } from '../design-context.ts';
import { ChangeList } from './change-list.tsx';

/** All releases; any of them can be made live again. */
export function ReleasesDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Releases" size="lg" centered>
      <Releases />
    </Modal>
  );
}

function Releases() {
  const client = useClient();
  const { appId } = useDesign();
  const releases = useQuery({
    queryKey: ['releases', appId],
    queryFn: ({ signal }) => client.call(routes.apps.releases, { params: { appId }, signal }),
    staleTime: 0,
  });
  if (releases.isPending) return <Skeleton height={160} />;
  if (releases.isError) return <ErrorState error={releases.error} onRetry={() => void releases.refetch()} />;
  const list = releases.data.releases;
  if (list.length === 0) {
    return (
      <EmptyState
        icon={<IconRocket size={20} />}
        title="Not published yet"
        text="Each time you publish, the release appears here."
      />
    );
  }
  const live = list.find((release) => release.isLive);
  return (
    <Stack gap="sm">
      {live !== undefined && <Unpublish />}
      {list.map((release) => (
        <ReleaseRow key={release.id} release={release} live={live} />
      ))}
    </Stack>
  );
}

function testsText({ passed, failed }: NonNullable<ReleaseInfo['tests']>): string {
  if (failed.length === 0) return passed === 1 ? 'Its test passed.' : `All ${passed} tests passed.`;
  return `Published although ${failed.length === 1 ? 'a test' : `${failed.length} tests`} failed: ${failed.slice(0, 5).join(', ')}${failed.length > 5 ? ' …' : ''}`;
}

function useRefresh(): () => Promise<void> {
  const client = useClient();
  const queries = useQueryClient();
  const { appId, session } = useDesign();
  return async () => {
    const { app } = await client.call(routes.apps.read, { params: { appId } });
    session.setInfo(app);
    await queries.invalidateQueries({ queryKey: ['releases', appId] });
  };
}

function ReleaseRow({ release, live }: { readonly release: ReleaseInfo; readonly live: ReleaseInfo | undefined }) {
  const client = useClient();
  const { appId } = useDesign();
  const refresh = useRefresh();
  const [isComparing, setIsComparing] = useState(false);
  const deployment = useMutation({
    mutationFn: () => client.call(routes.apps.deployRelease, { params: { appId, releaseId: release.id } }),
    onSuccess: async () => {
      await refresh();
      notifySuccess(`Release ${release.number} is live.`);
    },
    onError: (error) => notifyError(error, `Release ${release.number} was not made live`),
  });
  return (
    <Stack gap={6} component="article" aria-label={`Release ${release.number}`}>
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Group gap="xs">
            <Text size="sm" fw={500}>
              Release {release.number}
            </Text>
            {release.isLive && (
              <Badge color="green" variant="light">
                Live
              </Badge>
            )}
          </Group>
          <Text size="xs" c="dimmed">
            {relativeTime(release.publishedAt)} by {release.publishedBy} · {release.hash.slice(0, 8)}
          </Text>
          {release.tests !== undefined && (
            <Text size="xs" c={release.tests.failed.length === 0 ? 'dimmed' : 'red'}>
              {testsText(release.tests)}
            </Text>
          )}
          {release.note !== '' && <Text size="sm">{release.note}</Text>}
        </div>
        {!release.isLive && (
          <Group gap="xs" wrap="nowrap">
            {live !== undefined && (
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => setIsComparing(!isComparing)}
                aria-expanded={isComparing}
              >
                Compare with live
              </Button>
            )}
            <Button
              size="compact-sm"
              variant="default"
              loading={deployment.isPending}
              onClick={() => deployment.mutate()}
            >
              Make live
            </Button>
          </Group>
        )}
      </Group>
      {isComparing && live !== undefined && <Comparison from={live} to={release} />}
    </Stack>
  );
}

function Comparison({ from, to }: { readonly from: ReleaseInfo; readonly to: ReleaseInfo }) {
  const client = useClient();
  const { appId } = useDesign();
  const comparison = useQuery({
    queryKey: ['compare', from.id, to.id],
    queryFn: ({ signal }) =>
      client.call(routes.apps.compareReleases, { params: { appId }, query: { from: from.id, to: to.id }, signal }),
    staleTime: Infinity,
  });
  if (comparison.isPending) return <Skeleton height={60} />;
  if (comparison.isError) return <ErrorState error={comparison.error} />;
  return <ChangeList changes={comparison.data.changes} emptyText="The two releases are equal." />;
}

function Unpublish() {
  const client = useClient();
  const { appId } = useDesign();
  const refresh = useRefresh();
  const [isAsking, setIsAsking] = useState(false);
  const removal = useMutation({
    mutationFn: () => client.call(routes.apps.unpublish, { params: { appId } }),
    onSuccess: refresh,
    onError: (error) => notifyError(error, 'The app is still online'),
  });
  return (
    <Group justify="flex-end" gap="xs">
      {isAsking ? (
        <>
          <Text size="sm">People will no longer be able to open the app.</Text>
          <Button size="compact-sm" variant="default" onClick={() => setIsAsking(false)}>
            Keep it online
          </Button>
          <Button size="compact-sm" color="red" loading={removal.isPending} onClick={() => removal.mutate()}>
            Take offline
          </Button>
        </>
      ) : (
        <Button size="compact-sm" variant="subtle" color="red" onClick={() => setIsAsking(true)}>
          Take the app offline
        </Button>
      )}
    </Group>
  );
}
