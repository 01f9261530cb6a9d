import { expandRoles, explain, type ReleaseAction, type ReleaseSubject } from '@fettle/access';
import { accessPlan, type App, type ExtensionCatalog } from '@fettle/definition';

/** What a role may see and do in an app, and why. */
export interface AccessExplanation {
  readonly role: string;
  readonly effective: string[];
  readonly screens: ExplainedThing[];
  readonly queries: ExplainedThing[];
  readonly tables: {
    readonly table: string;
    readonly view: boolean;
    readonly create: boolean;
    readonly update: boolean;
    readonly delete: boolean;
    readonly columns: 'all' | string[];
  }[];
}

/** One thing with the verdict on it. */
export interface ExplainedThing {
  readonly id: string;
  readonly name: string;
  readonly isAllowed: boolean;
  readonly reason: string;
}

/** Explains the same decision the server takes, by asking the same function. */
export function explainAccess(
  app: App,
  role: string,
  options: { readonly appId: string; readonly catalog: ExtensionCatalog },
): AccessExplanation {
  const roles = expandRoles([role], app.access.roles);
  const rights = accessPlan(app, roles, options.catalog);
  const subject = {
    kind: 'release',
    workspaceId: '',
    appId: options.appId,
    roles,
    rights,
  } as const satisfies ReleaseSubject;
  const judge = (
    action: ReleaseAction,
    { id, name }: { readonly id: string; readonly name: string },
  ): ExplainedThing => ({
    id,
    name,
    ...explain({ kind: 'visitor' }, action, { ...subject, target: id }),
  });
  return {
    role,
    effective: [...roles],
    screens: Object.values(app.screens).map((screen) => judge('screen.view', screen)),
    queries: Object.values(app.queries).map((query) => judge('query.run', query)),
    tables: Object.entries(rights.tables).map(([table, { view, create, update, delete: remove, columns }]) => ({
      table,
      view,
      create,
      update,
      delete: remove,
      columns: columns === 'all' ? columns : [...columns],
    })),
  };
}
