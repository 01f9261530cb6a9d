import { useState } from 'react';
import { Button, Group, Modal, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { ErrorState } from '../shell/error-state.tsx';
import { secretEnvironments, useSaveSecret, type SecretEnvironment } from './use-secrets.ts';

interface Props {
  readonly isOpen: boolean;
  /** A name that is given: its value is replaced. Absent: a new secret. */
  readonly name?: string | undefined;
  readonly environment?: SecretEnvironment | undefined;
  readonly onClose: () => void;
  readonly onSaved?: (name: string) => void;
}

/** Stores a secret, or replaces its value. What is stored is never shown again. */
export function SecretDialog(props: Props) {
  const { isOpen, name, onClose } = props;
  const title = name === undefined ? 'New secret' : `Replace ${name}`;
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} centered closeOnClickOutside={false}>
      <SecretForm {...props} />
    </Modal>
  );
}

const namePattern = /^[A-Za-z_][A-Za-z0-9_-]*$/;

function SecretForm({ name: given, environment, onClose, onSaved }: Props) {
  const [name, setName] = useState(given ?? '');
  const [value, setValue] = useState('');
  const [place, setPlace] = useState<SecretEnvironment | 'both'>(environment ?? 'both');
  const save = useSaveSecret((saved) => {
    onSaved?.(saved);
    onClose();
  });
  const isNameFit = namePattern.test(name) && name.length <= 64;
  const isReady = isNameFit && value !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        // A dialog over a form is part of it in React's eyes.
        event.stopPropagation();
        if (isReady) save.mutate({ name, value, environments: place === 'both' ? secretEnvironments : [place] });
      }}
    >
      <Stack gap="md">
        {given === undefined && (
          <TextInput
            label="Name"
            description="How flows call it. Letters, digits, hyphens and underscores; not the secret itself."
            placeholder="shop_token"
            value={name}
            maxLength={64}
            data-autofocus
            autoComplete="off"
            spellCheck={false}
            error={name === '' || isNameFit ? undefined : 'Begin with a letter; then letters, digits, - and _.'}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <PasswordInput
          label="Value"
          value={value}
          maxLength={20_000}
          autoComplete="off"
          {...(given === undefined ? {} : { 'data-autofocus': true })}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Stack gap={4}>
          <Text size="sm" fw={500} id="secret-place">
            Counts in
          </Text>
          <SegmentedControl
            aria-labelledby="secret-place"
            value={place}
            onChange={(next) => setPlace(next as SecretEnvironment | 'both')}
            data={[
              { value: 'both', label: 'Both' },
              { value: 'development', label: 'Development' },
              { value: 'production', label: 'Production' },
            ]}
          />
          <Text size="xs" c="dimmed">
            Published apps use production; trial runs of a draft use development.
          </Text>
        </Stack>
        {save.isError && <ErrorState error={save.error} title="The secret was not stored" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!isReady} loading={save.isPending}>
            {given === undefined ? 'Store secret' : 'Replace'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
