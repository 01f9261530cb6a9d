import { useState } from 'react';
import { Badge, Button, Group, PasswordInput, Skeleton, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import { useClient } from '../api/client.ts';
import { useSession, useUser } from '../api/session.tsx';
import { relativeTime } from '@fettle/runtime';
import { ErrorState } from '../shell/error-state.tsx';
import { notifyError, notifySuccess } from '../shell/notify.ts';
import { browserName } from './browser-name.ts';
import styles from './settings.module.css';

/** One's own name, password and sessions. */
export function AccountTab() {
  return (
    <Stack gap="xl">
      <NameForm />
      <PasswordForm />
      <Sessions />
    </Stack>
  );
}

function NameForm() {
  const client = useClient();
  const user = useUser();
  const { setUser } = useSession();
  const [name, setName] = useState(user.name);
  const rename = useMutation({
    mutationFn: () => client.call(routes.account.updateAccount, { body: { name: name.trim() } }),
    onSuccess: ({ user: changed }) => {
      setUser(changed);
      notifySuccess('Your name is changed.');
    },
    onError: (error) => notifyError(error, 'Your name was not changed'),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        rename.mutate();
      }}
    >
      <Group align="flex-end" gap="xs" maw={480}>
        <TextInput
          label="Your name"
          description={user.email}
          value={name}
          maxLength={100}
          flex={1}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          disabled={name.trim() === '' || name.trim() === user.name}
          loading={rename.isPending}
        >
          Save
        </Button>
      </Group>
    </form>
  );
}

function PasswordForm() {
  const client = useClient();
  const queries = useQueryClient();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const change = useMutation({
    mutationFn: () => client.call(routes.account.changePassword, { body: { current, next } }),
    onSuccess: async () => {
      setCurrent('');
      setNext('');
      setAgain('');
      notifySuccess('Your password is changed. All other sessions are ended.');
      await queries.invalidateQueries({ queryKey: ['own-sessions'] });
    },
  });
  const isDifferent = again !== '' && again !== next;
  const isReady = current !== '' && next.length >= 10 && again === next;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) change.mutate();
      }}
    >
      <Stack gap="sm" maw={480}>
        <Title order={2} size="h5">
          Password
        </Title>
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label="New password"
          description="At least 10 characters."
          autoComplete="new-password"
          maxLength={200}
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <PasswordInput
          label="New password again"
          autoComplete="new-password"
          maxLength={200}
          value={again}
          error={isDifferent ? 'The two are not the same.' : undefined}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
        {change.isError && <ErrorState error={change.error} title="Your password was not changed" />}
        <Group>
          <Button type="submit" variant="default" disabled={!isReady} loading={change.isPending}>
            Change password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Sessions() {
  const client = useClient();
  const { setUser } = useSession();
  const sessions = useQuery({
    queryKey: ['own-sessions'],
    queryFn: ({ signal }) => client.call(routes.account.sessions, { signal }),
    staleTime: 0,
  });
  const signOut = useMutation({
    mutationFn: () => client.call(routes.account.signOut, { query: { everywhere: true } }),
    onSuccess: () => {
      window.history.replaceState(null, '', '/');
      setUser(null);
    },
    onError: (error) => notifyError(error, 'You are still signed in'),
  });
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h5">
          Where you are signed in
        </Title>
        <Button variant="default" loading={signOut.isPending} onClick={() => signOut.mutate()}>
          Sign out everywhere
        </Button>
      </Group>
      {sessions.isPending && <Skeleton height={80} />}
      {sessions.isError && <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />}
      {sessions.isSuccess && (
        <div className={styles['table']}>
          <Table verticalSpacing={6} horizontalSpacing="md">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Browser</Table.Th>
                <Table.Th>Since</Table.Th>
                <Table.Th>Last used</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sessions.data.sessions.map((session) => (
                <Table.Tr key={session.id}>
                  <Table.Td>
                    <Group gap="xs">
                      <Text size="sm" title={session.userAgent}>
                        {browserName(session.userAgent)}
                      </Text>
                      {session.isCurrent && (
                        <Badge variant="light" color="green" size="sm" tt="none">
                          this one
                        </Badge>
                      )}
                    </Group>
                  </Table.Td>
                  <Table.Td>{relativeTime(session.createdAt)}</Table.Td>
                  <Table.Td>{relativeTime(session.lastUsedAt)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Stack>
  );
}
