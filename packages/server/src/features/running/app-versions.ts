import { expandRoles } from '@fettle/access';
import {
  accessPlan,
  compileApp,
  pruneApp,
  type AccessPlan,
  type App,
  type ClientApp,
  type ExtensionCatalog,
} from '@fettle/definition';

/** What one set of roles has of one version of an app. */
export interface RoleView {
  readonly roles: ReadonlySet<string>;
  readonly rights: AccessPlan;
  /** Changes when the version or the roles do. */
  readonly version: string;
  /** What their browser receives. Made when first asked for. */
  readonly client: () => ClientApp;
}

/** One version of an app, ready to run for any roles. */
export interface AppVersion {
  readonly version: string;
  readonly app: App;
  /** The view of somebody who was given these roles. The same roles always answer the same object. */
  viewOf(assigned: readonly string[]): RoleView;
}

const maxViews = 200;

/** Prepares a version. Views are made on first use and kept as long as the version is. */
export function createAppVersion(version: string, app: App, catalog: ExtensionCatalog): AppVersion {
  const views = new Map<string, RoleView>();
  return {
    version,
    app,
    viewOf(assigned) {
      const given = assigned.length === 1 ? (assigned[0] as string) : assigned.join(',');
      const known = views.get(given);
      if (known !== undefined) return known;
      const view = createView(version, app, { assigned, catalog });
      if (views.size >= maxViews) views.clear();
      views.set(given, view);
      return view;
    },
  };
}

function createView(
  version: string,
  app: App,
  { assigned, catalog }: { assigned: readonly string[]; catalog: ExtensionCatalog },
): RoleView {
  const roles = expandRoles(assigned, app.access.roles);
  let client: ClientApp | undefined;
  return {
    roles,
    rights: accessPlan(app, roles, catalog),
    version: `${version}.${[...roles].sort().join('-')}`,
    client: () => (client ??= pruneApp(compileApp(app), roles, catalog)),
  };
}
