import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { bug } from '@fettle/base';
import type { NotificationInfo } from '@fettle/contract';
import { Bell, createInbox, createInboxClient, type Inbox, type NotificationLink } from '@fettle/runtime';
import { useClient } from '../api/client.ts';
import { useWorkspace } from './workspace.tsx';

const InboxContext = createContext<Inbox | undefined>(undefined);

/** Gives the person's inbox of the workspace to everything below. */
export function InboxProvider({ children }: { readonly children: ReactNode }) {
  const client = useClient();
  const { id } = useWorkspace();
  const inbox = useMemo(() => createInbox(createInboxClient(client, { workspaceId: id })), [client, id]);
  return <InboxContext.Provider value={inbox}>{children}</InboxContext.Provider>;
}

/** The person's inbox of the workspace. */
export function useInbox(): Inbox {
  const inbox = useContext(InboxContext);
  if (inbox === undefined) throw bug('useInbox was called outside a workspace page.');
  return inbox;
}

/** What the person is told in the workspace. */
export function WorkspaceBell() {
  const inbox = useInbox();
  const { slug } = useWorkspace();
  const [, navigate] = useLocation();
  const to = (address: string): Required<NotificationLink> => ({ href: address, go: () => navigate(address) });
  const approvals = `/w/${slug}/approvals`;
  const linkOf = ({ approval, href }: NotificationInfo): NotificationLink | undefined => {
    if (approval !== null) return to(`${approvals}?approval=${encodeURIComponent(approval)}`);
    // Apps open beside the builder: what is being worked on stays.
    return href === null ? undefined : { href };
  };
  return <Bell inbox={inbox} linkOf={linkOf} approvals={to(approvals)} />;
}
