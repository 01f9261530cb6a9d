import { MultiSelect, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import { useClient } from '../../../api/client.ts';
import { ErrorState } from '../../../shell/error-state.tsx';
import { notifyError } from '../../../shell/notify.ts';
import { useDesign, useDraft } from '../../design-context.ts';
import { PanelSection } from '../panel.tsx';

/** Which member has which roles in the app. Takes effect at once, without publishing. */
export function MembersSection() {
  const client = useClient();
  const queries = useQueryClient();
  const { appId } = useDesign();
  const revision = useDraft((state) => state.revision);
  const key = ['app-members', appId];
  const members = useQuery({
    queryKey: [...key, revision],
    queryFn: ({ signal }) => client.call(routes.apps.members, { params: { appId }, signal }),
    placeholderData: (before) => before,
  });
  const change = useMutation({
    mutationFn: ({ userId, roles }: { userId: string; roles: string[] }) =>
      client.call(routes.apps.setMember, { params: { appId, userId }, body: { roles } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
    onError: (error) => notifyError(error, 'The roles were not changed'),
  });
  return (
    <PanelSection title="Members" hint="Changes here hold at once. Without a role of their own, the rule above holds.">
      {members.isPending && <Skeleton height={60} />}
      {members.isError && <ErrorState error={members.error} onRetry={() => void members.refetch()} />}
      <Stack gap="sm">
        {members.data?.members.map((member) => (
          <div key={member.userId}>
            <Text size="sm" truncate title={member.email}>
              {member.name}
            </Text>
            <MultiSelect
              aria-label={`Roles of ${member.name}`}
              size="xs"
              value={[...member.roles]}
              placeholder={member.roles.length === 0 ? `By rule: ${member.effective.join(', ') || 'no access'}` : ''}
              data={members.data.roles.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(roles) => change.mutate({ userId: member.userId, roles })}
            />
          </div>
        ))}
      </Stack>
    </PanelSection>
  );
}
