import { routes, type RunnableApp } from '@fettle/contract';
import { visitEventActions, type ClientApp } from '@fettle/definition';
import type { WorkspaceExtensions } from '../../extensions/workspace-extensions.ts';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import { runningAppOf, type RunningApp } from '../apps/running-app.ts';
import type { ComponentCode } from '../plugins/components/component-code.ts';
import { describeComponent } from '../plugins/components/plugin-component.ts';
import type { DescribeTables } from '../tables/describe-tables.ts';
import type { OpenedApp } from './running-apps.ts';

/** Opening a release or a draft. */
export function runRoutes(options: {
  readonly describeTables: DescribeTables;
  readonly extensions: Pick<WorkspaceExtensions, 'pluginComponents' | 'pluginEventActions'>;
  readonly sendComponentCode: ComponentCode['send'];
}): RouteImplementation[] {
  const { describeTables, extensions, sendComponentCode } = options;
  const open = async (running: RunningApp): Promise<RunnableApp> => {
    const { view, appId, slug, workspaceId, environment, rights, roles, user } = running as OpenedApp;
    const client = view.client();
    return {
      appId,
      slug,
      version: view.version,
      client,
      tables: await describeTables(workspaceId, environment, rights),
      components: extensions.pluginComponents(workspaceId, typesIn(client)).map(describeComponent),
      eventActions: extensions.pluginEventActions(workspaceId, actionTypesIn(client)),
      user: user === null ? null : { ...user, roles: [...roles] },
    };
  };
  return [
    implementRoute(routes.apps.open, (context) => open(runningAppOf(context))),
    implementRoute(routes.apps.draftApp, (context) => open(runningAppOf(context))),
    implementRoute(routes.apps.componentCode, (context) =>
      sendComponentCode(runningAppOf(context).workspaceId, context.params, context.response),
    ),
    implementRoute(routes.apps.draftComponentCode, (context) =>
      sendComponentCode(runningAppOf(context).workspaceId, context.params, context.response),
    ),
  ];
}

/** The types of the event actions in an app. */
function* actionTypesIn({ screens }: ClientApp): Iterable<string> {
  const types = new Set<string>();
  for (const screen of Object.values(screens))
    for (const { events } of [screen, ...Object.values(screen.components)])
      visitEventActions(events, '', ({ type }) => void types.add(type));
  yield* types;
}

/** The component types on the screens of an app. */
function* typesIn({ screens }: ClientApp): Iterable<string> {
  for (const { components } of Object.values(screens)) for (const { type } of Object.values(components)) yield type;
}
