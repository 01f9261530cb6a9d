import { Stack, TagsInput, Text } from '@mantine/core';
import { builtInRoles } from '@fettle/access';
import { hasBinding } from '@fettle/expression';
import { rankByHint, type FieldEditor, type FieldProps } from '../../fields/field-editor.ts';
import { useMembers } from '../../members/use-members.ts';
import { useApp } from '../design-context.ts';

/** Roles somebody can be asked by: everybody has `public`, so it names nobody. */
const askable = builtInRoles.filter(({ id }) => id !== 'public').map(({ name }) => name);

function PeopleField({ item, value, onChange, inputId }: FieldProps) {
  const takesRoles = item.hint.editor === 'approvers';
  const members = useMembers();
  const custom = useApp((app) => app.access.roles);
  const roles = takesRoles ? [...custom.map(({ name }) => name), ...askable] : [];
  const people = (members.data?.members ?? []).map(({ email }) => email);
  const texts = Array.isArray(value) ? value.map(String) : typeof value === 'string' && value !== '' ? [value] : [];
  const unknown = texts.filter((text) => !isKnown(text, [...roles, ...custom.map(({ id }) => id)]));
  return (
    <Stack gap={4}>
      <TagsInput
        id={inputId}
        placeholder={texts.length > 0 ? '' : (item.hint.placeholder ?? 'Choose, or type an address')}
        data={[
          ...(roles.length === 0 ? [] : [{ group: 'Everybody with the role', items: roles }]),
          { group: 'People', items: people.filter((email) => !roles.includes(email)) },
        ]}
        // Addresses are told apart by commas of their own; a binding may hold some.
        splitChars={[]}
        acceptValueOnBlur
        value={texts}
        onChange={(next) => onChange(next.length === 0 && !item.isRequired ? undefined : next)}
      />
      {unknown.length > 0 && (
        <Text size="xs" c="var(--fettle-danger-text)">
          {takesRoles ? 'No role, person or address' : 'No person or address'}: {unknown.join(', ')}.
        </Text>
      )}
    </Stack>
  );
}

/** Whether somebody can be meant. Which addresses belong to members is known when the step comes to be. */
function isKnown(text: string, roles: readonly string[]): boolean {
  if (hasBinding(text) || text.includes('@') || /^usr_[a-z0-9]+$/.test(text)) return true;
  return roles.some((role) => role.toLowerCase() === text.trim().toLowerCase());
}

/** People of the workspace, by address; for approvals everybody with a role as well. */
export const peopleField: FieldEditor = {
  id: 'people',
  rank: rankByHint('people', 'approvers'),
  Field: PeopleField,
};
