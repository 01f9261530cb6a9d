import { useEffect, useMemo, useRef } from 'react';
import {
  createAppClient,
  createAppRuntime,
  createExtensionRegistry,
  matchRoute,
  type AppRuntime,
} from '@fettle/runtime';
import type { App } from '@fettle/definition';
import { useUser } from '../../../api/session.tsx';
import { useExtensions } from '../../../extensions.ts';
import { useApp, useDesign, useDraft, useView } from '../../design-context.ts';
import { draftRunnable } from './draft-runnable.ts';
import { savingClient } from './saving-client.ts';
import { useSchemas } from './use-schemas.ts';

/** The runtime of the canvas, following the draft. Another role is another runtime: its data is what that role gets. */
export function useCanvasRuntime(): AppRuntime {
  const { appId, workspaceId, session, view } = useDesign();
  const { components, eventActions, catalog } = useExtensions();
  const user = useUser();
  const slug = useDraft((state) => state.info.slug);
  const role = useView((state) => state.role);
  const schemas = useSchemas(workspaceId);
  const facts = useFacts();
  const definition = useMemo(
    () => draftRunnable({ appId, slug, app: session.store.getState().app, role, schemas, user, catalog }),
    // `facts` changes when something of the app that all screens share does.
    [appId, slug, session, role, schemas, user, catalog, facts],
  );
  const latest = useRef(definition);
  latest.current = definition;
  const runtime = useMemo(() => {
    const client = savingClient(
      createAppClient({ draftOf: appId, ...(role === undefined ? {} : { asRole: role }) }),
      session,
    );
    return createAppRuntime({
      definition: latest.current,
      client,
      extensions: createExtensionRegistry({ components, eventActions }),
      navigator: {
        // Following a link on the canvas opens the screen there.
        go: (path) => {
          const { screens } = session.store.getState().app;
          const entries = Object.values(screens).map(({ id, route }) => ({ screen: id, route }));
          const match = matchRoute(entries, path.split('?')[0] ?? path);
          if (match !== undefined) view.openScreen(match.screen, match.params);
        },
        back: () => undefined,
        open: (url) => window.open(url, '_blank', 'noopener'),
      },
    });
    // Components read the structure of tables when they come up, so another structure is another runtime.
  }, [appId, role, components, eventActions, session, view, schemas]);
  useEffect(() => runtime.update(definition), [runtime, definition]);
  return runtime;
}

/** A value that changes only when the shared part of the app does: its document, queries, access, screens' addresses. */
function useFacts(): string {
  const app = useApp((state: App) => state.app);
  const queries = useApp((state) => state.queries);
  const access = useApp((state) => state.access);
  const screens = useApp((state) => screenFacts(state));
  const count = useRef(0);
  return useMemo(() => {
    count.current += 1;
    return `${count.current}`;
    // Counts the versions of what is listed.
  }, [app, queries, access, screens]);
}

function screenFacts(app: App): string {
  return Object.values(app.screens)
    .map((screen) => `${screen.id} ${screen.name} ${screen.route}`)
    .join('\n');
}
