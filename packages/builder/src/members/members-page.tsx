import { useState } from 'react';
import {
  ActionIcon,
  Avatar,
  Badge,
  Button,
  Group,
  Select,
  Skeleton,
  Stack,
  Table,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { IconSearch, IconUserMinus, IconUserPlus } from '@tabler/icons-react';
import type { WorkspaceRole } from '@fettle/access';
import type { WorkspaceMember } from '@fettle/contract';
import { useUser } from '../api/session.tsx';
import { matchesSearch } from '../home/matches-search.ts';
import { relativeTime } from '@fettle/runtime';
import { ErrorState } from '../shell/error-state.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { useIsAtLeast, useWorkspace } from '../shell/workspace.tsx';
import { AddMemberDialog } from './add-member-dialog.tsx';
import { RemoveMemberDialog } from './remove-member-dialog.tsx';
import { lockedReason, rolesToGive, roleWords } from './roles.ts';
import { useMemberChanges, useMembers } from './use-members.ts';
import styles from './members.module.css';

/** The people of the workspace and what they may do. */
export function MembersPage() {
  const members = useMembers();
  const { name } = useWorkspace();
  const isAdmin = useIsAtLeast('admin');
  const [search, setSearch] = useState('');
  const [isAdding, setIsAdding] = useState(false);
  const [removed, setRemoved] = useState<WorkspaceMember>();
  const all = members.data?.members ?? [];
  const found = all.filter((member) => matchesSearch(search, [member.name, member.email]));
  return (
    <Stack gap="lg" className={styles['page']}>
      <PageHeader
        title="Members"
        lead={`People who belong to ${name}. Who may use which app is set in the app itself.`}
        actions={
          <>
            {all.length > 5 && (
              <TextInput
                aria-label="Search members"
                placeholder="Search members"
                leftSection={<IconSearch size={14} />}
                value={search}
                w={220}
                onChange={(event) => setSearch(event.currentTarget.value)}
              />
            )}
            {isAdmin && (
              <Button leftSection={<IconUserPlus size={14} />} onClick={() => setIsAdding(true)}>
                Add member
              </Button>
            )}
          </>
        }
      />
      {members.isPending && <Skeleton height={200} />}
      {members.isError && (
        <ErrorState
          error={members.error}
          title="The members could not be loaded"
          onRetry={() => void members.refetch()}
        />
      )}
      {members.isSuccess && (
        <div className={styles['table']}>
          <Table verticalSpacing={6} horizontalSpacing="md">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th>E-mail</Table.Th>
                <Table.Th>Role</Table.Th>
                <Table.Th>Added</Table.Th>
                <Table.Th aria-label="Actions" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.map((member) => (
                <MemberRow key={member.userId} member={member} all={all} onRemove={() => setRemoved(member)} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {members.isSuccess && found.length === 0 && (
        <Text size="sm" c="dimmed">
          Nobody here matches “{search}”.
        </Text>
      )}
      <AddMemberDialog isOpen={isAdding} onClose={() => setIsAdding(false)} />
      <RemoveMemberDialog member={removed} onClose={() => setRemoved(undefined)} />
    </Stack>
  );
}

interface RowProps {
  readonly member: WorkspaceMember;
  readonly all: readonly WorkspaceMember[];
  readonly onRemove: () => void;
}

function MemberRow({ member, all, onRemove }: RowProps) {
  const { role: own } = useWorkspace();
  const user = useUser();
  const { setRole } = useMemberChanges();
  const locked = lockedReason(own, member, all);
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          <Avatar size={24} radius="xl" color="gray" name={member.name} />
          <Text size="sm" fw={500}>
            {member.name}
          </Text>
          {member.userId === user.id && (
            <Badge variant="light" color="gray" size="xs" tt="none">
              you
            </Badge>
          )}
          {!member.isActive && (
            <Badge variant="light" color="yellow" size="xs" tt="none">
              blocked
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td>{member.email}</Table.Td>
      <Table.Td>
        <Tooltip label={locked} disabled={locked === undefined} multiline maw={280}>
          <div>
            <Select
              aria-label={`Role of ${member.name}`}
              size="xs"
              w={120}
              data={
                locked === undefined
                  ? [...rolesToGive(own)]
                  : [{ value: member.role, label: roleWords[member.role].label }]
              }
              value={setRole.isPending ? setRole.variables.role : member.role}
              disabled={locked !== undefined}
              allowDeselect={false}
              onChange={(role) =>
                role !== null &&
                role !== member.role &&
                setRole.mutate({ userId: member.userId, role: role as WorkspaceRole })
              }
            />
          </div>
        </Tooltip>
      </Table.Td>
      <Table.Td>{relativeTime(member.addedAt)}</Table.Td>
      <Table.Td ta="right">
        {locked === undefined && (
          <Tooltip label="Remove from the workspace">
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Remove ${member.name}`} onClick={onRemove}>
              <IconUserMinus size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
