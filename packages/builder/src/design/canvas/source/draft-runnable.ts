import { expandRoles } from '@fettle/access';
import type { RunnableApp, SessionUser } from '@fettle/contract';
import {
  compileApp,
  pruneApp,
  tableReference,
  type App,
  type ClientApp,
  type ClientQuery,
  type ExtensionCatalog,
} from '@fettle/definition';
import { parseLibrary } from '@fettle/expression';
import type { SchemaDescription, TableDescription } from '@fettle/sdk';

/** The draft in the form a page gets a release in, built here so that edits need no round trip. */
export function draftRunnable(options: {
  readonly appId: string;
  readonly slug: string;
  readonly app: App;
  readonly role: string | undefined;
  readonly schemas: Readonly<Record<string, SchemaDescription>>;
  readonly user: SessionUser;
  readonly catalog: ExtensionCatalog;
}): RunnableApp {
  const { app, role, user } = options;
  const roles = expandRoles([role ?? 'admin'], app.access.roles);
  return {
    appId: options.appId,
    slug: options.slug,
    version: 'draft',
    client: {
      ...(role === undefined ? wholeClient(app) : pruneApp(compileApp(app), roles, options.catalog)),
      // All that are installed: which of them are called changes as somebody types.
      ...(options.catalog.functions === undefined ? {} : { functions: parseLibrary(options.catalog.functions) }),
    },
    tables: tablesOf(options.schemas),
    // The builder knows those of the workspace, whether a screen uses them yet or not.
    components: [],
    eventActions: [],
    user: { id: user.id, email: user.email, name: user.name, roles: [...roles] },
  };
}

// Nothing is pruned for the builder; screens are followed one by one (see the screen source), so that an edit does
// not compile the app.
function wholeClient(app: App): ClientApp {
  return {
    app: { ...app.app, state: app.app.state ?? [] },
    screens: app.screens as unknown as ClientApp['screens'],
    queries: Object.fromEntries(
      Object.values(app.queries).map(({ id, name, parameters, mode, run, result }): [string, ClientQuery] => [
        id,
        { id, name, parameters, mode, run, ...(result === undefined ? {} : { result }) },
      ]),
    ),
    theme: app.theme,
  };
}

function tablesOf(schemas: Readonly<Record<string, SchemaDescription>>): Record<string, TableDescription> {
  return Object.fromEntries(
    Object.entries(schemas).flatMap(([source, schema]) =>
      schema.tables.map((table) => [tableReference(source, table.id), table]),
    ),
  );
}
