import type { Route } from './route.ts';
import { accountRoutes } from './routes/account.ts';
import { approvalRoutes } from './routes/approvals.ts';
import { appRoutes } from './routes/apps.ts';
import { dataSourceRoutes } from './routes/data-sources.ts';
import { storedSecretRoutes } from './routes/stored-secrets.ts';
import { deadLetterRoutes } from './routes/dead-letters.ts';
import { flowAlertRoutes } from './routes/flow-alerts.ts';
import { flowHealthRoutes } from './routes/flow-health.ts';
import { flowRoutes } from './routes/flows.ts';
import { flowTestRoutes } from './routes/flow-tests.ts';
import { hookRoutes } from './routes/hooks.ts';
import { pluginRoutes } from './routes/plugins.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { systemRoutes } from './routes/system.ts';
import { templateRoutes } from './routes/templates.ts';
import { workspaceRoutes } from './routes/workspaces.ts';

/** Every route of the API, grouped by feature. */
export const routes = {
  account: accountRoutes,
  workspaces: workspaceRoutes,
  dataSources: dataSourceRoutes,
  apps: appRoutes,
  storedSecrets: storedSecretRoutes,
  flows: flowRoutes,
  deadLetters: deadLetterRoutes,
  flowHealth: flowHealthRoutes,
  flowAlerts: flowAlertRoutes,
  flowTests: flowTestRoutes,
  hooks: hookRoutes,
  plugins: pluginRoutes,
  notifications: notificationRoutes,
  approvals: approvalRoutes,
  templates: templateRoutes,
  system: systemRoutes,
} as const;

interface RouteGroup {
  readonly [name: string]: Route | RouteGroup;
}

/** Every route as a flat list, in declared order. */
export const allRoutes: readonly Route[] = flatten(routes as unknown as RouteGroup);

function flatten(group: RouteGroup): Route[] {
  return Object.values(group).flatMap((entry) => ('method' in entry ? [entry as Route] : flatten(entry)));
}
