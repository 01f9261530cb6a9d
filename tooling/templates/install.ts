import {
  loadApp,
  mapDataSources,
  routes,
  saveApp,
  templateDataSource,
  type AppFiles,
  type Template,
} from '@fettle/testing';
import type { Installation } from '../../e2e/harness/installation.ts';

/** A template that was installed in an installation of its own. */
export interface InstalledTemplate {
  readonly appId: string;
  readonly slug: string;
  readonly milliseconds: number;
}

/** How long installing one may take. */
export const longestInstallMs = 3000;

/** Installs a template with its sample rows in development and production, as a person does. */
export async function installTemplate(
  { owner, workspaceId }: Installation,
  template: Template,
): Promise<InstalledTemplate> {
  const begun = performance.now();
  const { app } = await owner.client.call(routes.templates.install, {
    params: { workspaceId, template: template.about.id },
    body: { name: template.app.app.name, sampleRows: 'everywhere' },
  });
  return { appId: app.id, slug: app.slug, milliseconds: Math.round(performance.now() - begun) };
}

/** Files that differ when the installed app is exported, and when that is imported and exported again. */
export async function checkRoundTrip(
  installation: Installation,
  template: Template,
  { appId }: InstalledTemplate,
): Promise<readonly string[]> {
  const { owner, workspaceId } = installation;
  const exported = await exportApp(installation, appId);
  const [source = ''] = await owner.client
    .call(routes.dataSources.list, { params: { workspaceId } })
    .then(({ dataSources }) => dataSources.filter(({ kind }) => kind === 'internal').map(({ id }) => id));
  const app = loadApp(exported);
  const back = app.ok ? saveApp(mapDataSources(app.value, { [source]: templateDataSource })) : {};
  const name = template.app.app.name;
  const { app: copy } = await owner.client.call(routes.apps.create, {
    params: { workspaceId },
    body: { name, from: { kind: 'definition', files: { ...exported } } },
  });
  const again = await exportApp(installation, copy.id);
  await owner.client.call(routes.apps.delete, { params: { appId: copy.id }, query: { confirm: name } });
  return [
    ...differing(back, template.appFiles).map((path) => `app/${path}: The export of the installed app differs.`),
    ...differing(again, exported).map((path) => `app/${path}: Export, import and export again give another file.`),
  ];
}

/** Runs the tests of the app's flows; what failed, in words. */
export async function runFlowTests(
  { owner }: Installation,
  { appId }: InstalledTemplate,
): Promise<{ readonly passed: number; readonly problems: readonly string[] }> {
  const { passed, results } = await owner.client.call(routes.flowTests.run, { params: { appId }, body: {} });
  const failed = results.filter(({ hasPassed }) => !hasPassed);
  return {
    passed,
    problems: [
      ...failed.map(({ name, differences }) => `flow test ${name}: ${differences[0]?.message ?? 'It failed.'}`),
      ...(results.length === 0 ? ['app/flow-tests: A template has at least one test of a flow.'] : []),
    ],
  };
}

async function exportApp({ owner }: Installation, appId: string): Promise<AppFiles> {
  return (await owner.client.call(routes.apps.export, { params: { appId } })).files;
}

function differing(a: AppFiles, b: AppFiles): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((path) => a[path] !== b[path]);
}
