import { useState } from 'react';
import { Alert, Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconDice5, IconInfoCircle } from '@tabler/icons-react';
import type { WorkspaceRole } from '@fettle/access';
import { AppError } from '@fettle/base';
import { CopyField } from '../settings/copy-field.tsx';
import { ErrorState } from '../shell/error-state.tsx';
import { notifySuccess } from '../shell/notify.ts';
import { useWorkspace } from '../shell/workspace.tsx';
import { createFirstPassword } from './first-password.ts';
import { rolesToGive, roleWords } from './roles.ts';
import { useMemberChanges } from './use-members.ts';

/** Adding a person: somebody known by e-mail, or new with a first password. */
export function AddMemberDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Add member" centered>
      <AddForm onClose={onClose} />
    </Modal>
  );
}

function AddForm({ onClose }: { readonly onClose: () => void }) {
  const { role: own } = useWorkspace();
  const { add } = useMemberChanges();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<WorkspaceRole>('member');
  const [password, setPassword] = useState('');
  const [added, setAdded] = useState<{ readonly email: string; readonly password: string }>();
  const hasAccount = add.error instanceof AppError && add.error.code === 'member.has-account';
  const isReady = /^[^\s@]+@[^\s@]+$/.test(email.trim()) && (password === '' || password.length >= 10);

  const save = (firstPassword: string): void =>
    add.mutate(
      {
        email: email.trim(),
        role,
        ...(name.trim() === '' ? {} : { name: name.trim() }),
        ...(firstPassword === '' ? {} : { password: firstPassword }),
      },
      {
        onSuccess: ({ member }) => {
          notifySuccess(`${member.name} is added.`);
          if (firstPassword === '') onClose();
          else setAdded({ email: member.email, password: firstPassword });
        },
      },
    );

  if (added !== undefined) return <HandOver {...added} onClose={onClose} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) save(password);
      }}
    >
      <Stack gap="md">
        <TextInput
          label="E-mail"
          type="email"
          value={email}
          maxLength={254}
          data-autofocus
          autoComplete="off"
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <TextInput
          label="Name"
          description="For somebody who is new here."
          value={name}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Radio.Group label="Role" value={role} onChange={(next) => setRole(next as WorkspaceRole)}>
          <Stack gap={6} mt={6}>
            {rolesToGive(own).map(({ value, label }) => (
              <Radio key={value} value={value} label={label} description={roleWords[value].text} />
            ))}
          </Stack>
        </Radio.Group>
        <Group gap="xs" align="flex-end">
          <TextInput
            label="First password"
            description="Only for somebody without an account. At least 10 characters."
            value={password}
            maxLength={200}
            flex={1}
            autoComplete="new-password"
            error={password !== '' && password.length < 10 ? 'At least 10 characters.' : undefined}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button
            variant="default"
            leftSection={<IconDice5 size={14} />}
            onClick={() => setPassword(createFirstPassword())}
          >
            Generate
          </Button>
        </Group>
        {hasAccount && (
          <Alert
            color="blue"
            variant="light"
            icon={<IconInfoCircle size={16} />}
            title="This person already has an account"
          >
            <Stack gap="xs" align="flex-start">
              <Text size="sm">They sign in with their own password.</Text>
              <Button
                variant="default"
                onClick={() => {
                  setPassword('');
                  save('');
                }}
              >
                Add without a password
              </Button>
            </Stack>
          </Alert>
        )}
        {add.isError && !hasAccount && <ErrorState error={add.error} title="Nobody was added" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!isReady} loading={add.isPending}>
            Add member
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function HandOver({
  email,
  password,
  onClose,
}: {
  readonly email: string;
  readonly password: string;
  readonly onClose: () => void;
}) {
  return (
    <Stack gap="md">
      <Text size="sm">
        Give {email} this password in a safe way. It is not shown again; they can change it in their account.
      </Text>
      <CopyField label="First password" value={password} />
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}
