import { useState, type FormEvent } from 'react';
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { routes } from '@fettle/contract';
import { useClient } from '../api/client.ts';
import { useSession } from '../api/session.tsx';
import { EntryCard } from './entry-card.tsx';
import { ErrorState } from './error-state.tsx';
import { returnPath } from './return-path.ts';

/** Sign-in with e-mail and password. Goes back to where the person came from. */
export function SignInPage() {
  const client = useClient();
  const { setUser } = useSession();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setIsBusy(true);
    setError(undefined);
    try {
      const { user } = await client.call(routes.account.signIn, { body: { email, password } });
      const next = returnPath(window.location);
      if (next !== undefined) window.location.assign(next);
      else setUser(user);
    } catch (problem) {
      setError(problem);
      setIsBusy(false);
    }
  };

  return (
    <EntryCard title="Sign in" lead="Use the account your team gave you.">
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {error !== undefined && <ErrorState error={error} title="You are not signed in" />}
          <Button type="submit" loading={isBusy} fullWidth mt="xs">
            Sign in
          </Button>
        </Stack>
      </form>
    </EntryCard>
  );
}
