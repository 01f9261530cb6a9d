import type { NotificationInfo, RunnableApp } from '@fettle/contract';
import { lazy, useEffect, useMemo } from 'react';
import type { AppClient } from '../client/app-client.ts';
import { Bell, type NotificationLink } from '../inbox/bell.tsx';
import { createInbox, type Inbox } from '../inbox/inbox.ts';
import type { BrowserRouter } from '../router/browser-router.ts';
import { parseQuery } from '../router/route.ts';
import { LoadingPage, MessagePage } from './message-page.tsx';
import { Part } from './part.tsx';

const ApprovalsView = lazy(() =>
  import('../inbox/approvals-view.tsx').then((module) => ({ default: module.ApprovalsView })),
);

/** Where approvals are in every app: no screen can have this address. */
export const approvalsPath = '/~approvals';

/** The inbox of the person in the app; undefined for visitors, and in previews of drafts. */
export function useAppInbox(client: AppClient, definition: RunnableApp): Inbox | undefined {
  const userId = definition.user?.id;
  return useMemo(
    () => (client.inbox === undefined || userId === undefined ? undefined : createInbox(client.inbox)),
    [client.inbox, userId],
  );
}

/** The way to the approvals, or to one of them. */
export function approvalsLink(router: BrowserRouter, approval?: string): Required<NotificationLink> {
  const path = approval === undefined ? approvalsPath : `${approvalsPath}?approval=${encodeURIComponent(approval)}`;
  return { href: router.href(path), go: () => router.go(path) };
}

/** The bell of an app. */
export function AppBell({ inbox, router }: { readonly inbox: Inbox; readonly router: BrowserRouter }) {
  const linkOf = ({ approval, path, href }: NotificationInfo): NotificationLink | undefined => {
    if (approval !== null) return approvalsLink(router, approval);
    if (path !== null) return { href: router.href(path), go: () => router.go(path) };
    return href === null ? undefined : { href };
  };
  return <Bell inbox={inbox} linkOf={linkOf} approvals={approvalsLink(router)} />;
}

/** The approvals of an app, as a page of it. */
export function AppApprovals(props: {
  readonly inbox: Inbox | undefined;
  readonly isSignedIn: boolean;
  readonly search: string;
  readonly name: string;
  readonly onSignIn: () => void;
}) {
  const { inbox, isSignedIn, search, name, onSignIn } = props;
  useEffect(() => {
    document.title = `Approvals · ${name}`;
  }, [name]);
  if (!isSignedIn)
    return (
      <MessagePage
        title="Sign in to see what waits for you"
        text="Approvals are for the people they ask."
        action={{ label: 'Sign in', run: onSignIn }}
      />
    );
  if (inbox === undefined)
    return (
      <MessagePage title="Not in a preview" text="Approvals of trial runs wait in the workspace, below Approvals." />
    );
  const { approval } = parseQuery(search);
  const wanted = typeof approval === 'string' ? approval : undefined;
  return (
    <Part failure="page" loading={<LoadingPage />}>
      <ApprovalsView key={wanted} inbox={inbox} wanted={wanted} />
    </Part>
  );
}
