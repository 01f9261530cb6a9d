import { MultiSelect } from '@mantine/core';
import { builtInRoles } from '@fettle/access';
import { useApp } from '../../design-context.ts';

/** Picks roles. Those that inherit a picked role may, too. */
export function RolePicker(props: {
  readonly label: string;
  readonly description?: string;
  readonly value: readonly string[];
  readonly onChange: (roles: string[]) => void;
  readonly placeholder?: string;
}) {
  const custom = useApp((app) => app.access.roles);
  return (
    <MultiSelect
      label={props.label}
      {...(props.description === undefined ? {} : { description: props.description })}
      placeholder={props.value.length === 0 ? (props.placeholder ?? 'Nobody') : ''}
      data={[...builtInRoles, ...custom].map(({ id, name }) => ({ value: id, label: name }))}
      value={[...props.value]}
      onChange={props.onChange}
      clearable
    />
  );
}
