import { Type, type Static } from 'typebox';
import type { Row } from '@fettle/sdk';
import { defineRoute } from '../route.ts';
import { environment, exact, id, oneOf, title } from '../schemas.ts';
import { app } from './app-replies.ts';
import type { RunnableApp } from './apps.ts';

const inWorkspace = exact({ workspaceId: id });
const templateId = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 60 });
const oneTemplate = exact({ workspaceId: id, template: templateId });

const need = exact({ kind: Type.String(), text: Type.String() });

const templateCard = exact({
  id: Type.String(),
  version: Type.String(),
  name: Type.String(),
  category: Type.String(),
  summary: Type.String(),
  tags: Type.Array(Type.String()),
  /** File of the picture that stands for it; null when there is none yet. */
  screenshot: Type.Union([Type.String(), Type.Null()]),
});

const templateDetails = exact({
  ...templateCard.properties,
  description: Type.String(),
  features: Type.Array(Type.String()),
  needs: Type.Array(need),
  screenshots: Type.Array(
    exact({
      screen: Type.String(),
      title: Type.String(),
      /** Files of its pictures; null where there is none yet. */
      desktop: Type.Union([Type.String(), Type.Null()]),
      phone: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
  screens: Type.Array(exact({ name: Type.String(), title: Type.String() })),
  roles: Type.Array(exact({ id: Type.String(), name: Type.String(), description: Type.String() })),
  tables: Type.Array(
    exact({ name: Type.String(), title: Type.String(), columns: Type.Integer(), rows: Type.Integer() }),
  ),
  flows: Type.Array(exact({ name: Type.String(), description: Type.String(), trigger: Type.String() })),
});

/** A template as the gallery lists it. */
export type TemplateCard = Static<typeof templateCard>;
/** A template as its page shows it. */
export type TemplateDetails = Static<typeof templateDetails>;

/** A template's app, ready to be played on its sample rows without being installed. */
export interface TemplatePreview extends RunnableApp {
  /** By table. */
  readonly rows: Readonly<Record<string, readonly Row[]>>;
}

/** Where the sample rows of a template go: nowhere, into development, or into production as well. */
export const sampleRowChoices = ['none', 'development', 'everywhere'] as const;

/** What installing a template does, in this order; rows once for each environment that gets them. */
export const installSteps = ['tables', 'rows', 'app', 'publish'] as const;

/** One of {@link installSteps}. */
export type InstallStep = (typeof installSteps)[number];

const watchKey = Type.String({ pattern: '^[A-Za-z0-9_-]{8,60}$' });

const underWay = exact({
  template: Type.String(),
  name: Type.String(),
  step: oneOf(installSteps),
  /** Whose rows are being stored. */
  environment: Type.Optional(environment),
  startedAt: Type.String(),
  watchKey: Type.Optional(watchKey),
});

/** A template that is being installed, and how far it is. */
export type InstallUnderWay = Static<typeof underWay>;

/** Templates: complete apps with tables and sample rows, and making apps of them. */
export const templateRoutes = {
  list: defineRoute({
    id: 'templates.list',
    method: 'GET',
    path: '/api/workspaces/:workspaceId/templates',
    summary: 'Templates that come with this installation.',
    access: { kind: 'workspace', action: 'app.create' },
    params: inWorkspace,
    response: exact({ templates: Type.Array(templateCard) }),
  }),
  read: defineRoute({
    id: 'templates.read',
    method: 'GET',
    path: '/api/workspaces/:workspaceId/templates/:template',
    summary: 'One template: what it brings and what it needs.',
    access: { kind: 'workspace', action: 'app.create' },
    params: oneTemplate,
    response: exact({ template: templateDetails }),
  }),
  screenshot: defineRoute({
    id: 'templates.screenshot',
    method: 'GET',
    path: '/api/workspaces/:workspaceId/templates/:template/screenshots/:file',
    summary: 'A picture of a screen of a template.',
    access: { kind: 'workspace', action: 'app.create' },
    params: exact({ ...oneTemplate.properties, file: id }),
    transfer: 'download',
  }),
  preview: defineRoute({
    id: 'templates.preview',
    method: 'GET',
    path: '/api/workspaces/:workspaceId/templates/:template/preview',
    summary:
      'The app of a template as a role sees it (default: admin), with its sample rows: to be played in the browser.',
    access: { kind: 'workspace', action: 'app.create' },
    params: oneTemplate,
    query: exact({ role: Type.Optional(Type.String({ maxLength: 64 })) }),
    response: Type.Unsafe<TemplatePreview>({ type: 'object' }),
  }),
  installs: defineRoute({
    id: 'templates.installs',
    method: 'GET',
    path: '/api/workspaces/:workspaceId/template-installs',
    summary: 'Templates that are being installed, and how far each is.',
    access: { kind: 'workspace', action: 'app.create' },
    params: inWorkspace,
    response: exact({ installs: Type.Array(underWay) }),
  }),
  install: defineRoute({
    id: 'templates.install',
    method: 'POST',
    path: '/api/workspaces/:workspaceId/templates/:template/install',
    summary: 'Makes the tables, the sample rows and the app of a template and publishes it: all of it, or nothing.',
    access: { kind: 'workspace', action: 'app.create' },
    params: oneTemplate,
    body: exact({
      /** Name of the app; the template’s own when absent. */
      name: Type.Optional(title),
      sampleRows: oneOf(sampleRowChoices),
      /** Any text that the caller made up: with it it finds this install among those under way. */
      watchKey: Type.Optional(watchKey),
    }),
    response: exact({
      app,
      dataSource: id,
      /** Each table by its name in the template, with the name it has here. */
      tables: Type.Record(Type.String(), Type.String()),
      /** What to set up next. */
      needs: Type.Array(need),
    }),
  }),
} as const;
