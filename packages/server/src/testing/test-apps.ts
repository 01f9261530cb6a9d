import { emptyApp, saveApp, type App, type AppFiles, type Component, type Screen } from '@fettle/definition';
import type { GenerateApp } from '../features/apps/app-sources.ts';

/** Texts that only admins may ever receive. */
export const secretTexts = [
  'Secret screen',
  'secretNote',
  'Top secret text',
  'secretQuery',
  'select secret',
  'hidden',
] as const;

interface ScreenPlan {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly route: string;
  readonly roles: readonly string[];
  readonly components: Readonly<Record<string, Component>>;
}

function screen({ id, name, title, route, roles, components }: ScreenPlan): Screen {
  const children = Object.keys(components);
  const root: Component = { type: 'core/stack', name: 'root', settings: {}, slots: { children } };
  return {
    id,
    name,
    title,
    route,
    access: { roles: [...roles] },
    root: 'cmp_root',
    components: { cmp_root: root, ...components },
  };
}

/**
 * An app with a home screen for basic users (a table of items, and a note for admins) and a screen for admins (the
 * other table, and a button that runs a query).
 */
export function secretApp(name: string, dataSource: string, options: { readonly allowVisitors?: boolean } = {}): App {
  const base = emptyApp(name);
  const home = screen({
    id: 'scr_home',
    name: 'home',
    title: 'Home',
    route: '/',
    roles: ['basic'],
    components: {
      cmp_items: {
        type: 'core/table',
        name: 'items',
        settings: { data: { kind: 'table', dataSource, table: 'items' }, columns: ['name'], allowEdit: false },
      },
      cmp_note: {
        type: 'core/text',
        name: 'secretNote',
        settings: { text: 'Top secret text' },
        access: { roles: ['admin'] },
      },
      cmp_run: { type: 'core/button', name: 'run', settings: { query: 'qry_open' } },
    },
  });
  const admin = screen({
    id: 'scr_admin',
    name: 'secrets',
    title: 'Secret screen',
    route: '/secrets',
    roles: ['admin'],
    components: {
      cmp_hidden: {
        type: 'core/table',
        name: 'all',
        settings: {
          data: { kind: 'table', dataSource, table: 'hidden' },
          columns: ['name', 'salary'],
          allowEdit: true,
        },
      },
      cmp_edit: {
        type: 'core/table',
        name: 'edit',
        settings: { data: { kind: 'table', dataSource, table: 'items' }, columns: ['name', 'salary'], allowEdit: true },
      },
      cmp_go: {
        type: 'core/button',
        name: 'go',
        settings: { query: 'qry_secret' },
        events: { click: [{ id: 'act_ask', type: 'test/ask', settings: {} }] },
      },
    },
  });
  const query = (id: string, queryName: string, text: string) =>
    ({
      id,
      name: queryName,
      dataSource,
      kind: 'echo',
      settings: { text },
      parameters: [],
      mode: 'read',
      run: 'manual',
    }) as const;
  return {
    ...base,
    app: {
      ...base.app,
      home: 'scr_home',
      navigation: {
        style: 'side',
        items: [
          { id: 'nav_home', label: 'Home', screen: 'scr_home' },
          { id: 'nav_admin', label: 'Secret screen', screen: 'scr_admin' },
        ],
      },
    },
    screens: { scr_home: home, scr_admin: admin },
    queries: {
      qry_open: { ...query('qry_open', 'openQuery', 'hello'), parameters: [] },
      qry_secret: { ...query('qry_secret', 'secretQuery', 'select secret'), parameters: [] },
    },
    flows: {
      flw_open: {
        id: 'flw_open',
        name: 'openFlow',
        trigger: { type: 'core/manual', settings: {} },
        access: { roles: ['power'] },
        steps: [],
      },
    },
    access: { ...base.access, memberRole: 'basic', allowVisitors: options.allowVisitors ?? false },
  };
}

/** The app as files, the way it is imported. */
export function secretAppFiles(
  name: string,
  dataSource: string,
  options: { readonly allowVisitors?: boolean } = {},
): AppFiles {
  return saveApp(secretApp(name, dataSource, options));
}

/** Stands in for the generator: what it generates is tested where it lives. */
export const generateTestApp: GenerateApp = ({ name, dataSource }) => secretApp(name, dataSource);
