import { useEffect, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { ExtensionCatalog } from '@fettle/definition';
import { useClient } from '../api/client.ts';
import { useUser } from '../api/session.tsx';
import { ExtensionsProvider, type BuilderExtensions } from '../extensions.ts';
import { ErrorState } from '../shell/error-state.tsx';
import { PageLoading } from '../shell/page-loading.tsx';
import { SetUpNext } from '../templates/set-up-next.tsx';
import { InboxProvider } from '../shell/workspace-bell.tsx';
import { WorkspaceProvider } from '../shell/workspace.tsx';
import { DesignProvider, type Design } from './design-context.ts';
import { DesignFrame } from './frame/design-frame.tsx';
import { createDraftPort } from './session/draft-port.ts';
import { DraftSession } from './session/draft-session.ts';
import { useAppExtensions, useFollowedPlugins } from './use-app-extensions.ts';
import { createDesignView } from './view-state.ts';

/** The builder of one app: loads its draft, and what it can be made of, and opens it. */
export function DesignPage({ appId }: { readonly appId: string }) {
  const { extensions, isError, error, refetch } = useAppExtensions(appId);
  if (isError && extensions === undefined)
    return <ErrorState error={error} title="The builder could not be loaded" onRetry={() => void refetch()} />;
  if (extensions === undefined) return <PageLoading />;
  return (
    <ExtensionsProvider value={extensions}>
      <OpenedApp appId={appId} extensions={extensions} />
    </ExtensionsProvider>
  );
}

function OpenedApp({ appId, extensions }: { readonly appId: string; readonly extensions: BuilderExtensions }) {
  const client = useClient();
  const catalog = useLiveCatalog(extensions);
  const user = useUser();
  const draft = useQuery({
    queryKey: ['draft', appId],
    queryFn: () => createDraftPort(client, appId, catalog).load(),
    staleTime: Infinity,
    gcTime: 0,
  });
  const [design, setDesign] = useState<Design>();

  useEffect(() => {
    if (draft.data === undefined) return undefined;
    const session = new DraftSession(createDraftPort(client, appId, catalog), catalog, draft.data);
    const { app } = draft.data;
    // On a phone a panel would lie over what somebody came for.
    const left = window.matchMedia('(max-width: 760px)').matches ? 'none' : 'tree';
    const view = createDesignView(app.app.home ?? Object.keys(app.screens)[0] ?? '', left);
    setDesign({ appId, workspaceId: draft.data.info.workspaceId, session, view });
    const warn = (event: BeforeUnloadEvent): void => {
      if (session.hasUnsaved) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
      void session
        .flush()
        .catch(() => undefined)
        .finally(() => session.close());
    };
  }, [appId, catalog, client, draft.data]);

  useFollowedPlugins(appId, design?.workspaceId);

  if (draft.isError)
    return <ErrorState error={draft.error} title="The app could not be opened" onRetry={() => void draft.refetch()} />;
  if (design === undefined) return <PageLoading />;
  const workspace = user.workspaces.find(({ id }) => id === design.workspaceId);
  if (workspace === undefined) return <PageLoading />;
  return (
    <WorkspaceProvider value={workspace}>
      <InboxProvider>
        <DesignProvider value={design}>
          <DesignFrame />
          <SetUpNext slug={draft.data?.info.slug ?? ''} />
        </DesignProvider>
      </InboxProvider>
    </WorkspaceProvider>
  );
}

/** What the extensions are now, for a session that goes on while plugins are installed and changed. */
function useLiveCatalog({ catalog }: BuilderExtensions): ExtensionCatalog {
  const latest = useRef(catalog);
  latest.current = catalog;
  const [live] = useState<ExtensionCatalog>(() => ({
    component: (type) => latest.current.component(type),
    eventAction: (type) => latest.current.eventAction(type),
    flowAction: (type) => latest.current.flowAction?.(type),
    flowTrigger: (type) => latest.current.flowTrigger?.(type),
  }));
  return live;
}
