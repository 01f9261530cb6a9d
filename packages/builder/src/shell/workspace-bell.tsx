import { useMemo } from 'react';
import type { NotificationInfo } from '@fettle/contract';
import { Bell, createInbox, createInboxClient, type NotificationLink } from '@fettle/runtime';
import { useClient } from '../api/client.ts';
import { useWorkspace } from './workspace.tsx';

/** What the person is told in the workspace. */
export function WorkspaceBell() {
  const client = useClient();
  const { id } = useWorkspace();
  const inbox = useMemo(() => createInbox(createInboxClient(client, { workspaceId: id })), [client, id]);
  return <Bell inbox={inbox} linkOf={linkOf} />;
}

/** Apps open beside the builder: what is being worked on stays. */
function linkOf({ href }: NotificationInfo): NotificationLink | undefined {
  return href === null ? undefined : { href };
}
