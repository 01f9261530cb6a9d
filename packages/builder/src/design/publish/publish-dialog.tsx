import { useState } from 'react';
import { Alert, Anchor, Button, Group, Modal, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import { useClient } from '../../api/client.ts';
import { ErrorState } from '../../shell/error-state.tsx';
import { notifySuccess } from '../../shell/notify.ts';
import { useDesign } from '../design-context.ts';
import { useProblems } from '../panels/problems/use-problems.ts';
import { ChangeList } from './change-list.tsx';
import { FailedTests, hasFailedTests } from './failed-tests.tsx';

/** Publishing: what will change, what stands in the way, a note. */
export function PublishDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Publish changes" size="lg" centered>
      <PublishForm onClose={onClose} />
    </Modal>
  );
}

function PublishForm({ onClose }: { readonly onClose: () => void }) {
  const client = useClient();
  const { appId, session, view } = useDesign();
  const problems = useProblems();
  const errors = problems.filter((problem) => problem.severity === 'error');
  const [note, setNote] = useState('');
  const changes = useQuery({
    queryKey: ['changes', appId],
    queryFn: async () => {
      await session.flush();
      return client.call(routes.apps.changes, { params: { appId } });
    },
    staleTime: 0,
    gcTime: 0,
  });
  const publication = useMutation({
    mutationFn: async (despiteTests: boolean) => {
      await session.flush();
      const { revision } = session.store.getState();
      const { release } = await client.call(routes.apps.publish, {
        params: { appId },
        body: {
          revision,
          ...(note.trim() === '' ? {} : { note: note.trim() }),
          ...(despiteTests ? { despiteTests } : {}),
        },
      });
      const { app } = await client.call(routes.apps.read, { params: { appId } });
      session.setInfo(app);
      return release;
    },
    onSuccess: (release) => {
      notifySuccess(`Release ${release.number} is live.`);
      onClose();
    },
  });
  if (changes.isPending) return <Skeleton height={180} />;
  if (changes.isError) return <ErrorState error={changes.error} onRetry={() => void changes.refetch()} />;
  const list = changes.data.changes;
  return (
    <Stack gap="md">
      {errors.length > 0 && (
        <Alert
          color="red"
          title={`${errors.length} ${errors.length === 1 ? 'error keeps' : 'errors keep'} the app from being published`}
        >
          <Stack gap={4}>
            {errors.slice(0, 5).map((problem, index) => (
              <Anchor
                key={index}
                component="button"
                type="button"
                size="sm"
                ta="left"
                onClick={() => {
                  view.reveal(problem);
                  onClose();
                }}
              >
                {problem.message}
              </Anchor>
            ))}
            {errors.length > 5 && <Text size="sm">And {errors.length - 5} more, in the problems panel.</Text>}
          </Stack>
        </Alert>
      )}
      <ChangeList changes={list} emptyText="Nothing has changed since the live release." />
      <Textarea
        label="Note"
        description="What this release is about, for the list of releases."
        autosize
        minRows={2}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {publication.isError && !hasFailedTests(publication.error) && (
        <ErrorState error={publication.error} title="Nothing was published" />
      )}
      {hasFailedTests(publication.error) && (
        <FailedTests
          error={publication.error}
          isPublishing={publication.isPending}
          onPublish={() => publication.mutate(true)}
          onClose={onClose}
        />
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          onClick={() => publication.mutate(false)}
          loading={publication.isPending}
          disabled={errors.length > 0 || list.length === 0}
          data-autofocus
        >
          Publish
        </Button>
      </Group>
    </Stack>
  );
}
