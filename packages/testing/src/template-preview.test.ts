import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bug, type Json } from '@fettle/base';
import type { RunnableApp } from '@fettle/contract';
import { createPreviewClient } from '@fettle/runtime/preview';
import type { AggregateRequest, ListRequest, Row, SchemaDescription } from '@fettle/sdk';
import type { DataSession } from '@fettle/sdk/server';
import {
  describeTemplateTables,
  loadTemplate,
  stateRelationNames,
  storeSampleRows,
  templateDataSource,
} from '@fettle/template';
import { readTemplateFolder } from '@fettle/template/folder';
import { builtInCatalog, builtInConnectors } from './built-in-extensions.ts';

const fixture = fileURLToPath(new URL('../fixtures/templates/equipment-loans', import.meta.url));
const loaded = loadTemplate(await readTemplateFolder(fixture), { catalog: builtInCatalog });
if (!loaded.ok) throw bug('The fixture does not load.');
const template = loaded.value;
const now = Date.parse('2030-03-15T10:20:30Z');

// What a template is tried on must answer as the tables do that are made of it.
describe('the preview of a template', () => {
  const options = { signal: AbortSignal.timeout(60_000), timeoutMs: 60_000 };
  let folder = '';
  let session: DataSession;
  let schema: SchemaDescription;
  const rows: Record<string, Row[]> = {};

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-preview-'));
    const connector = builtInConnectors.find(({ manifest }) => manifest.id === 'core/internal');
    const implementation = await connector?.load();
    if (implementation === undefined) throw bug('There is no connector for internal tables.');
    const file = join(folder, 'tables.sqlite');
    session = implementation.open({
      settings: { engine: 'sqlite', file },
      secrets: {},
      fetch: () => Promise.reject(bug('Nothing is fetched here.')),
      resolveAddress: () => Promise.reject(bug('Nothing is connected to here.')),
      resolveFile: async () => file,
      limits: { maxConnections: 2, idleTimeoutMs: 1000, connectTimeoutMs: 1000 },
    });
    const { structure, tables } = session;
    if (structure === undefined || tables === undefined) throw bug('Internal tables can be made and filled.');
    const late = template.tables.flatMap(({ name, fields }) =>
      fields.filter(({ target }) => target === 'loans').map((field) => ({ name, field })),
    );
    const stated = stateRelationNames(template.tables);
    for (const { name, fields } of stated)
      await structure.createTable(
        name,
        fields.filter(({ target }) => target !== 'loans'),
        options,
      );
    for (const { name, field } of late) {
      const named = stated.find((table) => table.name === name)?.fields.find((one) => one.name === field.name);
      await structure.addColumn(name, named ?? field, options);
    }
    schema = (await session.introspect?.(options)) ?? { tables: [], warnings: [] };
    await storeSampleRows(
      template,
      { now, user: 'ada@example.com' },
      {
        create: async (table, given) =>
          (await tables.create({ table, rows: given }, schema, options)).map(({ id = null }) => id),
        update: async (table, changes) =>
          void (await tables.update(
            { table, changes: changes.map(({ id, values }) => ({ key: { id }, values })) },
            schema,
            options,
          )),
      },
    );
    for (const { name } of template.tables)
      rows[name] = [...(await tables.list({ table: name, limit: 1000 }, schema, options)).rows];
  });
  afterAll(async () => {
    await session?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const preview = () => {
    const tables = describeTemplateTables(template.tables);
    const app = {
      tables: Object.fromEntries(tables.map((table) => [`${templateDataSource}/${table.id}`, table])),
      user: { id: 'usr_1', email: 'ada@example.com', name: 'Ada', roles: [] },
      rows,
    };
    return createPreviewClient(
      async () => app as unknown as RunnableApp & { rows: typeof rows },
      () => now,
    );
  };
  const place = (table: string) => ({ dataSource: templateDataSource, table });

  it('describes the tables as they are when they are made', () => {
    const facts = (tables: SchemaDescription['tables']) =>
      tables
        .map(({ id, columns, relations, uniqueKeys, labelColumn }) => ({
          id,
          labelColumn,
          uniqueKeys: uniqueKeys.map((key) => key.join()).toSorted(),
          columns: columns
            .map(({ name, type, nullable, generated, options: choices, meaning }) => ({
              name,
              type,
              nullable,
              generated,
              choices,
              meaning,
            }))
            .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
          relations: relations.map(({ name, kind, table }) => `${name} ${kind} ${table}`).toSorted(),
        }))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(facts(describeTemplateTables(template.tables))).toEqual(facts(schema.tables));
  });

  const lists: readonly ListRequest[] = [
    { table: 'items', limit: 2, total: 'exact' },
    { table: 'items', limit: 10, sort: [{ column: 'price', direction: 'descending' }] },
    {
      table: 'items',
      limit: 10,
      sort: [
        { column: 'last_loan.person.name', direction: 'ascending' },
        { column: 'name', direction: 'descending' },
      ],
    },
    { table: 'items', limit: 10, sort: [{ column: 'bought_on', direction: 'descending' }] },
    { table: 'loans', limit: 10, sort: [{ column: 'noted_at', direction: 'descending' }] },
    { table: 'items', limit: 10, filter: { column: 'state', operator: 'oneOf', value: ['Lent'] } },
    { table: 'items', limit: 10, filter: { column: 'kinds', operator: 'containsAny', value: ['Fragile'] } },
    { table: 'items', limit: 10, filter: { column: 'bought_on', operator: 'less', value: '2030-01-01' } },
    {
      table: 'items',
      limit: 10,
      filter: { relation: 'loans', match: 'some', filter: { column: 'is_back', operator: 'equal', value: true } },
    },
    { table: 'items', limit: 10, search: { text: 'PROJ' } },
    { table: 'items', limit: 10, search: { text: 'lent', columns: ['name'] } },
    {
      table: 'items',
      limit: 10,
      columns: ['name'],
      expand: { last_loan: { columns: ['due_on'], expand: { person: { columns: ['name'] } } } },
    },
    {
      table: 'people',
      limit: 10,
      expand: { peoples_by_manager: { columns: ['name'] }, manager: { columns: ['name'] } },
    },
    {
      table: 'loans',
      limit: 10,
      filter: { column: 'person.manager.name', operator: 'equal', value: 'Mina Okafor' },
      total: 'exact',
    },
    { table: 'loans', limit: 10, offset: 1, sort: [{ column: 'due_on', direction: 'descending' }] },
  ];

  it.each(lists)('lists as the tables do: %j', async ({ table, ...request }) => {
    const own = await preview().list(place(table), request);
    const { next: ownNext, ...page } = own;
    const { next, ...expected } = (await session.tables?.list({ table, ...request }, schema, options)) ?? {};
    expect(page).toEqual(expected);
    expect(ownNext !== undefined).toBe(next !== undefined);
  });

  const figures: readonly AggregateRequest[] = [
    { table: 'items', groupBy: [], measures: [{ name: 'n', function: 'count' }], limit: 10 },
    {
      table: 'items',
      groupBy: [],
      measures: [
        { name: 'sum', function: 'sum', column: 'price' },
        { name: 'most', function: 'maximum', column: 'price' },
        { name: 'first', function: 'minimum', column: 'bought_on' },
      ],
      limit: 10,
    },
    {
      table: 'items',
      groupBy: [{ column: 'state' }],
      measures: [{ name: 'n', function: 'count' }],
      sort: [{ column: 'n', direction: 'descending' }],
      limit: 10,
    },
    {
      table: 'loans',
      groupBy: [{ column: 'taken_at', bucket: 'month' }],
      measures: [{ name: 'n', function: 'count' }],
      limit: 10,
    },
    {
      table: 'loans',
      groupBy: [{ column: 'due_on', bucket: 'week' }],
      measures: [{ name: 'n', function: 'count' }],
      limit: 10,
    },
    {
      table: 'loans',
      groupBy: [{ column: 'item.name' }],
      measures: [{ name: 'people', function: 'countDistinct', column: 'person_id' }],
      limit: 10,
    },
    {
      table: 'loans',
      groupBy: [],
      filter: { column: 'item_id', operator: 'equal', value: 99 },
      measures: [{ name: 'n', function: 'count' }],
      limit: 10,
    },
  ];

  it.each(figures)('counts and sums as the tables do: %j', async ({ table, ...request }) => {
    expect(await preview().aggregate(place(table), request)).toEqual(
      await session.tables?.aggregate({ table, ...request }, schema, options),
    );
  });

  it('goes page by page through all rows', async () => {
    const client = preview();
    const seen: Json[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.list(place('people'), { limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.rows.map(({ id = null }) => id));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('keeps what is written until it ends, and refuses what the tables refuse', async () => {
    const client = preview();
    const [made] = await client.create(place('items'), [{ name: 'Microphone' }]);
    expect(made).toMatchObject({ id: 4, name: 'Microphone', state: 'Free', price: null });
    await client.update(place('items'), [{ key: { id: 4 }, values: { state: 'Lost' }, expected: { state: 'Free' } }]);
    expect(await client.read(place('items'), { key: { id: '4' } })).toMatchObject({ state: 'Lost' });
    await expect(
      client.update(place('items'), [{ key: { id: 4 }, values: { name: 'x' }, expected: { state: 'Free' } }]),
    ).rejects.toMatchObject({ kind: 'conflict' });
    await expect(client.create(place('items'), [{ state: 'Free' }])).rejects.toMatchObject({ kind: 'input' });
    await expect(client.create(place('items'), [{ name: 'x', state: 'Eaten' }])).rejects.toMatchObject({
      kind: 'input',
    });
    await expect(
      client.create(place('people'), [{ name: 'Mina', email: 'mina.okafor@example.com' }]),
    ).rejects.toMatchObject({ kind: 'conflict' });
    await expect(client.delete(place('people'), [{ id: 2 }])).rejects.toMatchObject({ kind: 'conflict' });
    await client.delete(place('loans'), [{ id: 1 }]);
    expect(await client.read(place('items'), { key: { id: 1 } })).toMatchObject({ last_loan_id: null });
    await expect(client.startFlow('flw_lend', {})).rejects.toMatchObject({ code: 'preview.not-here' });
    // Another preview begins anew.
    expect((await preview().list(place('items'), { limit: 10 })).rows).toHaveLength(3);
  });
});
