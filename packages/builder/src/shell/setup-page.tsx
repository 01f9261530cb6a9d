import { useState, type FormEvent } from 'react';
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { routes } from '@fettle/contract';
import { useClient } from '../api/client.ts';
import { useSession } from '../api/session.tsx';
import { EntryCard } from './entry-card.tsx';
import { ErrorState } from './error-state.tsx';

const empty = { token: '', name: '', email: '', password: '', workspaceName: '' };

/** First run: the owner's account and the first workspace, with the one-time token that the server printed. */
export function SetupPage() {
  const client = useClient();
  const { setUser } = useSession();
  const [values, setValues] = useState({
    ...empty,
    token: new URLSearchParams(window.location.search).get('token') ?? '',
  });
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const field = (name: keyof typeof empty) => ({
    value: values[name],
    required: true,
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
    },
  });

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setIsBusy(true);
    setError(undefined);
    try {
      const { user } = await client.call(routes.account.setup, { body: values });
      window.history.replaceState(null, '', '/');
      setUser(user);
    } catch (problem) {
      setError(problem);
      setIsBusy(false);
    }
  };

  return (
    <EntryCard title="Welcome to Fettle" lead="Create the owner’s account. It takes a minute and happens once.">
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <TextInput
            label="Setup token"
            description="The server printed it when it started."
            autoComplete="off"
            {...field('token')}
          />
          <TextInput label="Your name" autoComplete="name" {...field('name')} />
          <TextInput label="E-mail" type="email" autoComplete="username" {...field('email')} />
          <PasswordInput
            label="Password"
            description="At least 10 characters."
            minLength={10}
            autoComplete="new-password"
            {...field('password')}
          />
          <TextInput
            label="Workspace"
            description="Your company or team."
            placeholder="IT operations"
            {...field('workspaceName')}
          />
          {error !== undefined && <ErrorState error={error} title="The account was not created" />}
          <Button type="submit" loading={isBusy} fullWidth mt="xs">
            Create account
          </Button>
        </Stack>
      </form>
    </EntryCard>
  );
}
