import { routes, type Command, type RunnableApp } from '@fettle/testing';
import type { Installation } from './installation.ts';

/** An app made through the API, to begin a story in the middle. */
export interface MadeApp {
  readonly id: string;
  readonly slug: string;
  /** Its draft as an admin sees it when it was made. */
  readonly draft: RunnableApp;
  /** Applies commands and makes the result live. */
  publish(commands?: readonly Command[]): Promise<void>;
}

/** Makes an app out of tables of a data source. */
export async function makeApp(
  installation: Installation,
  given: { readonly name: string; readonly dataSource: string; readonly tables: readonly string[] },
): Promise<MadeApp> {
  const { name, dataSource, tables } = given;
  return create(installation, { name, from: { kind: 'tables', dataSource, tables: [...tables] } });
}

/** Makes the demo app. */
export function makeDemo(installation: Installation, name: string): Promise<MadeApp> {
  return create(installation, { name, from: { kind: 'demo' } });
}

type NewApp = {
  readonly name: string;
  readonly from:
    | { readonly kind: 'demo' }
    | { readonly kind: 'tables'; readonly dataSource: string; readonly tables: string[] };
};

async function create({ owner, workspaceId }: Installation, body: NewApp): Promise<MadeApp> {
  const { app } = await owner.client.call(routes.apps.create, { params: { workspaceId }, body });
  const params = { appId: app.id };
  const draft = await owner.client.call(routes.apps.draftApp, { params, query: {} });
  let requests = 0;
  return {
    id: app.id,
    slug: app.slug,
    draft,
    publish: async (commands = []) => {
      let { revision } = await owner.client.call(routes.apps.draft, { params });
      if (commands.length > 0) {
        requests += 1;
        const edit = {
          revision,
          requestId: `story-edit-${requests}`,
          commands: commands as unknown as Record<string, unknown>[],
        };
        ({ revision } = await owner.client.call(routes.apps.edit, { params, body: edit }));
      }
      await owner.client.call(routes.apps.publish, { params, body: { revision } });
    },
  };
}

/** The id of a screen by its name. */
export function screenOf(app: MadeApp, name: string): RunnableApp['client']['screens'][string] {
  const found = Object.values(app.draft.client.screens).find((screen) => screen.name === name);
  if (found === undefined) throw new TypeError(`The app has no screen ${name}.`);
  return found;
}
