import { Modal, Text } from '@mantine/core';
import { SignInForm, type SignIn } from './sign-in-form.tsx';

/** Signs in again over an open app whose session has ended. */
export function SignInDialog({ signIn, onDone }: { readonly signIn: SignIn; readonly onDone: () => void }) {
  const submit: SignIn = async (email, password) => {
    await signIn(email, password);
    onDone();
  };
  return (
    <Modal
      opened
      onClose={onDone}
      title="Your session has ended"
      size="sm"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Text size="sm" mb="md">
        Sign in to go on. What you have typed is still here.
      </Text>
      <SignInForm signIn={submit} hasTitle={false} />
    </Modal>
  );
}
