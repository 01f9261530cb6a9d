import { useState } from 'react';
import { ActionIcon, Button, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { builtInRoles } from '@fettle/access';
import { createShortId, uniqueName } from '@fettle/base';
import type { CustomRole } from '@fettle/definition';
import { useApp, useDispatch } from '../../design-context.ts';
import { Panel, PanelSection } from '../panel.tsx';
import { MembersSection } from './members-section.tsx';
import { RolePicker } from './role-picker.tsx';

/** Who may use the app: defaults, custom roles, and who has which. */
export function AccessPanel() {
  const access = useApp((app) => app.access);
  const dispatch = useDispatch();
  return (
    <Panel title="Roles and access">
      <PanelSection title="Who may use the app">
        <Select
          label="Members of the workspace"
          allowDeselect={false}
          value={access.memberRole}
          data={[
            { value: 'none', label: 'Only those given a role' },
            ...[...builtInRoles.filter(({ id }) => id !== 'public'), ...access.roles].map(({ id, name }) => ({
              value: id,
              label: name,
            })),
          ]}
          onChange={(value) => value !== null && dispatch({ type: 'access.update', changes: { memberRole: value } })}
        />
        <Switch
          label="Visitors who are not signed in"
          description="They have the role Public and see only what is open to it."
          checked={access.allowVisitors}
          onChange={(event) =>
            dispatch({ type: 'access.update', changes: { allowVisitors: event.currentTarget.checked } })
          }
        />
        <RolePicker
          label="Screens without a rule of their own"
          value={access.defaultScreen.roles}
          onChange={(roles) => dispatch({ type: 'access.update', changes: { defaultScreen: { roles } } })}
        />
      </PanelSection>
      <RolesSection />
      <MembersSection />
    </Panel>
  );
}

function RolesSection() {
  const roles = useApp((app) => app.access.roles);
  const dispatch = useDispatch();
  const [added, setAdded] = useState<string>();
  const add = (): void => {
    const name = uniqueName('Role', (candidate) => roles.some((role) => role.name === candidate));
    const id = createShortId('role');
    if (dispatch({ type: 'role.add', role: { id, name, inherits: ['basic'] } })) setAdded(id);
  };
  return (
    <PanelSection title="Custom roles" hint="Besides Admin, Power user, Basic user and Public.">
      {roles.map((role) => (
        <RoleRow key={role.id} role={role} isNew={role.id === added} />
      ))}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={add}
        style={{ alignSelf: 'flex-start' }}
      >
        Add role
      </Button>
    </PanelSection>
  );
}

function RoleRow({ role, isNew }: { readonly role: CustomRole; readonly isNew: boolean }) {
  const dispatch = useDispatch();
  const others = useApp((app) => app.access.roles);
  const [name, setName] = useState(role.name);
  return (
    <Stack gap={4}>
      <Group gap={6} wrap="nowrap">
        <TextInput
          aria-label="Role name"
          flex={1}
          value={name}
          // A new role begins with its name.
          autoFocus={isNew}
          onFocus={(event) => isNew && event.currentTarget.select()}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          onBlur={() => {
            const isRenamed = name.trim() !== '' && name !== role.name;
            if (!isRenamed || !dispatch({ type: 'role.rename', role: role.id, name: name.trim() })) setName(role.name);
          }}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Remove ${role.name}`}
          onClick={() => dispatch({ type: 'role.remove', role: role.id })}
        >
          <IconTrash size={14} />
        </ActionIcon>
      </Group>
      <Select
        aria-label={`${role.name} also has the rights of`}
        size="xs"
        value={role.inherits[0] ?? 'none'}
        allowDeselect={false}
        data={[
          { value: 'none', label: 'No other rights' },
          ...[...builtInRoles, ...others.filter(({ id }) => id !== role.id)].map(({ id, name: label }) => ({
            value: id,
            label: `Also has the rights of ${label}`,
          })),
        ]}
        onChange={(value) =>
          value !== null &&
          dispatch({ type: 'role.update', role: role.id, changes: { inherits: value === 'none' ? [] : [value] } })
        }
      />
      {role.inherits.length > 1 && (
        <Text size="xs" c="dimmed">
          And of {role.inherits.length - 1} more.
        </Text>
      )}
    </Stack>
  );
}
