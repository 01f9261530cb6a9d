import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { toAppError } from '../state/query-store.ts';
import { PlaceError } from '../render/place-error.tsx';
import styles from './shell.module.css';

/** What signs a person in. Rejects with what was wrong. */
export type SignIn = (email: string, password: string) => Promise<void>;

/** Signs in where the app would be, and lets the app come up in the same place. */
export function SignInForm({ signIn, hasTitle = true }: { readonly signIn: SignIn; readonly hasTitle?: boolean }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      await signIn(email, password);
    } catch (error) {
      setFailure(toAppError(error).message);
      setPassword('');
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className={styles.signIn} data-alone={hasTitle} onSubmit={(event) => void submit(event)}>
      {hasTitle && <h1 className={styles.messageTitle}>Sign in</h1>}
      {failure !== undefined && <PlaceError title="Could not sign in" message={failure} />}
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
      <Button type="submit" fullWidth loading={isBusy}>
        Sign in
      </Button>
    </form>
  );
}
