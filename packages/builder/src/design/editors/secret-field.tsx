import { useState } from 'react';
import { Group, Select, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import type { FieldEditor, FieldProps } from '../../fields/field-editor.ts';
import { SecretDialog } from '../../secrets/secret-dialog.tsx';
import { secretEnvironments, useSecrets, type NamedSecret } from '../../secrets/use-secrets.ts';

const makeNew = ' new';

function SecretField({ value, onChange, inputId, isDisabled }: FieldProps) {
  const secrets = useSecrets();
  const [isMaking, setIsMaking] = useState<{ readonly name?: string }>();
  const name = typeof value === 'string' ? value : '';
  const known = secrets.data ?? [];
  const isListed = name === '' || known.some((secret) => secret.name === name);
  const missing = secrets.isSuccess && name !== '' ? missingIn(known, name) : [];
  return (
    <Stack gap={4}>
      <Select
        id={inputId}
        leftSection={<IconKey size={14} />}
        searchable
        clearable
        // The focus comes back from the dialog: that is no wish to choose.
        openOnFocus={false}
        disabled={isDisabled ?? false}
        placeholder={known.length === 0 ? 'No secret is stored yet' : 'Choose a stored secret'}
        nothingFoundMessage="No stored secret has this name"
        value={name === '' ? null : name}
        data={[
          ...(isListed ? [] : [{ value: name, label: name }]),
          ...known.map((secret) => ({ value: secret.name, label: secret.name })),
          { value: makeNew, label: 'Store a new secret …' },
        ]}
        onChange={(next) => {
          if (next === makeNew) setIsMaking({});
          else onChange(next ?? undefined);
        }}
      />
      {missing.length > 0 && (
        <Group gap={6}>
          <Text size="xs" c="var(--fettle-danger-text)">
            Not stored in {missing.join(' and ')}.
          </Text>
          <Text
            component="button"
            type="button"
            size="xs"
            td="underline"
            style={{ background: 'none', border: 0, padding: 0, cursor: 'pointer', color: 'inherit' }}
            onClick={() => setIsMaking({ name })}
          >
            Store it
          </Text>
        </Group>
      )}
      <SecretDialog
        isOpen={isMaking !== undefined}
        name={isMaking?.name}
        onClose={() => setIsMaking(undefined)}
        onSaved={onChange}
      />
    </Stack>
  );
}

function missingIn(known: readonly NamedSecret[], name: string): readonly string[] {
  const places = known.find((secret) => secret.name === name)?.in ?? {};
  return secretEnvironments.filter((environment) => places[environment] === undefined);
}

/** The name of a stored secret. The secret itself is never here, so nothing is hidden. */
export const secretField: FieldEditor = {
  id: 'secret',
  rank: (item) => (item.hint.editor === 'secret' ? 35 : 0),
  Field: SecretField,
};
