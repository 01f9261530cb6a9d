import { describe, expect, it } from 'vitest';
import { checkApp, checkSchema, loadApp, saveApp, type App } from '@fettle/definition';
import { countingIds, generateApp, generateDemoApp } from '@fettle/generator';
import type { SchemaDescription, TableDescription } from '@fettle/sdk';
import { builtInCatalog as catalog, builtInComponents } from './built-in-extensions.ts';

const column = (name: string, type: TableDescription['columns'][number]['type'], more: object = {}) => ({
  name,
  type,
  nativeType: type,
  nullable: true,
  hasDefault: false,
  generated: false,
  ...more,
});
const table = (
  name: string,
  columns: TableDescription['columns'],
  more: Partial<TableDescription> = {},
): TableDescription => ({
  id: name,
  name,
  kind: 'table',
  columns,
  primaryKey: ['id'],
  uniqueKeys: [],
  relations: [],
  writable: true,
  ...more,
});
const id = column('id', 'integer', { nullable: false, hasDefault: true });

const schema: SchemaDescription = {
  warnings: [],
  tables: [
    table('album', [id, column('title', 'text'), column('artist_id', 'integer')], {
      relations: [{ name: 'tracks', kind: 'many', table: 'track', columns: ['id'], foreignColumns: ['album_id'] }],
    }),
    table(
      'track',
      [
        id,
        column('name', 'text'),
        column('album_id', 'integer'),
        column('unit_price', 'decimal'),
        column('lyrics', 'longText'),
      ],
      {
        labelColumn: 'name',
        relations: [
          { name: 'album', kind: 'one', table: 'album', columns: ['album_id'], foreignColumns: ['id'] },
          {
            name: 'playlists',
            kind: 'many',
            table: 'playlist',
            columns: ['id'],
            foreignColumns: ['id'],
            through: { table: 'playlist_track', columns: ['track_id'], foreignColumns: ['playlist_id'] },
          },
        ],
      },
    ),
    table('playlist', [id, column('name', 'text')], {
      relations: [
        {
          name: 'tracks',
          kind: 'many',
          table: 'track',
          columns: ['id'],
          foreignColumns: ['id'],
          through: { table: 'playlist_track', columns: ['playlist_id'], foreignColumns: ['track_id'] },
        },
      ],
    }),
    table(
      'playlist_track',
      [
        column('playlist_id', 'integer', { nullable: false }),
        column('track_id', 'integer', { nullable: false }),
        column('Odd "name', 'text'),
      ],
      { primaryKey: ['playlist_id', 'track_id'] },
    ),
    table('log entries', [column('line', 'text')], { primaryKey: [] }),
    table('sales_view', [column('month', 'date'), column('total', 'decimal')], {
      kind: 'view',
      primaryKey: [],
      writable: false,
    }),
  ],
};
const all = schema.tables.map((found) => found.id);
const generate = () => generateApp({ name: 'Music', dataSource: 'ds_music', schema, tables: all, ids: countingIds() });

/** Settings of every component against its manifest; bindings stand for any value. */
function settingProblems(app: App): readonly string[] {
  const problems: string[] = [];
  for (const screen of Object.values(app.screens)) {
    for (const component of Object.values(screen.components)) {
      const manifest = builtInComponents.find((found) => found.id === component.type);
      for (const [name, value] of Object.entries(component.settings)) {
        const property = manifest?.settings.properties[name];
        if (property === undefined) problems.push(`${screen.name}.${component.name}: no setting ${name}`);
        else
          problems.push(
            ...checkSchema(property, value, `${screen.name}.${component.name}.${name}`).map(
              ({ path, message }) => `${path}: ${message}`,
            ),
          );
      }
    }
  }
  return problems;
}

describe('an app from tables', () => {
  it('has nothing to complain about', () => {
    const app = generate();
    expect(settingProblems(app)).toEqual([]);
    expect(checkApp(app, { catalog })).toEqual([]);
  });

  it('survives saving and loading', () => {
    const app = generate();
    const loaded = loadApp(saveApp(app), { catalog });
    expect(loaded).toMatchObject({ ok: true });
  });

  it('is the same for the same input', () => {
    expect(generate()).toEqual(generate());
  });

  it('gives tables with a key four screens, and others what they can have', () => {
    const routes = Object.values(generate().screens).map((screen) => screen.route);
    expect(routes).toEqual(
      expect.arrayContaining([
        '/album',
        '/album/:id',
        '/album/new',
        '/album/:id/edit',
        '/playlist-track/:id',
        '/log-entries',
        '/log-entries/new',
        '/sales-view',
      ]),
    );
    expect(routes).not.toContain('/log-entries/:id');
    expect(routes).not.toContain('/sales-view/new');
    expect(new Set(routes).size).toBe(routes.length);
  });

  it('shows what a foreign key means, and picks it in forms', () => {
    const text = JSON.stringify(generate());
    expect(text).toContain('"column":"album.title"');
    expect(text).toContain(
      '"relation":{"dataSource":"ds_music","table":"album","keyColumn":"id","labelColumn":"title"}',
    );
  });

  it('follows a junction to the other side', () => {
    expect(JSON.stringify(generate())).toContain(
      '"filter":{"relation":"playlists","match":"some","filter":{"column":"id","operator":"equal","value":"{{ screen.params.id }}"}}',
    );
  });

  it('opens rows by the whole key', () => {
    const text = JSON.stringify(generate());
    expect(text).toContain('{{ event.row.id }}');
    expect(text).toContain('{{ toJson([event.row.playlist_id, event.row.track_id]) }}');
  });
});

const demoColumns = (names: readonly string[]) =>
  names.map((name) =>
    column(name, name === 'id' || name.endsWith('_id') ? 'integer' : name.endsWith('_at') ? 'timestamp' : 'text'),
  );
const one = (name: string, target: string, from: string) => ({
  name,
  kind: 'one' as const,
  table: target,
  columns: [from],
  foreignColumns: ['id'],
});
const demoSchema: SchemaDescription = {
  warnings: [],
  tables: [
    table('people', demoColumns(['id', 'full_name', 'email', 'job_title'])),
    table('assets', demoColumns(['id', 'tag', 'name', 'status', 'assigned_to']), {
      relations: [one('assigned', 'people', 'assigned_to')],
    }),
    table(
      'tickets',
      demoColumns([
        'id',
        'subject',
        'description',
        'category',
        'priority',
        'status',
        'requester_id',
        'assignee_id',
        'asset_id',
        'created_at',
        'due_at',
        'resolved_at',
        'satisfaction',
      ]),
      {
        relations: [
          one('requester', 'people', 'requester_id'),
          one('assignee', 'people', 'assignee_id'),
          one('asset', 'assets', 'asset_id'),
        ],
      },
    ),
    table('ticket_comments', demoColumns(['id', 'ticket_id', 'author_id', 'body', 'is_internal', 'created_at']), {
      relations: [one('author', 'people', 'author_id'), one('ticket', 'tickets', 'ticket_id')],
    }),
    table('changes', demoColumns(['id', 'title', 'risk', 'status'])),
  ],
};

describe('the demo app', () => {
  it('has nothing to complain about and a dashboard at its start', () => {
    const app = generateDemoApp({ name: 'IT desk', dataSource: 'ds_demo', schema: demoSchema, ids: countingIds() });
    expect(settingProblems(app)).toEqual([]);
    expect(checkApp(app, { catalog })).toEqual([]);
    expect(app.screens[app.app.home ?? '']?.name).toBe('dashboard');
    expect(app.app.navigation.items.map(({ label }) => label)).toEqual([
      'Dashboard',
      'Tickets',
      'Assets',
      'Changes',
      'People',
    ]);
  });
});
