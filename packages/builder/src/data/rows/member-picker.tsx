import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import { useClient } from '../../api/client.ts';
import { useWorkspace } from '../../shell/workspace.tsx';

/** Chooses a member of the workspace. People are stored by e-mail address. */
export function MemberPicker(props: {
  readonly id: string;
  readonly value: string;
  readonly error: boolean;
  readonly placeholder?: string;
  readonly onChange: (email: string | null) => void;
}) {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  const members = useQuery({
    queryKey: ['members', workspaceId],
    queryFn: ({ signal }) => client.call(routes.workspaces.members, { params: { workspaceId }, signal }),
    staleTime: 60_000,
  });
  const options = (members.data?.members ?? []).map((member) => ({
    value: member.email,
    label: `${member.name} (${member.email})`,
  }));
  const isKnown = props.value === '' || options.some(({ value }) => value === props.value);
  return (
    <Select
      id={props.id}
      error={props.error}
      placeholder={props.placeholder}
      data={isKnown ? options : [{ value: props.value, label: props.value }, ...options]}
      value={props.value === '' ? null : props.value}
      searchable
      clearable
      onChange={props.onChange}
    />
  );
}
