import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '@fettle/base';
import type { FieldSpecification, Row, SchemaDescription } from '@fettle/sdk';
import type { DataSession, StructureEditor, TablesCapability } from '@fettle/sdk/server';
import { internal } from '../src/internal/server.ts';
import { testContext, unhurried as calm } from './context.ts';
import { isReachable } from './databases.ts';

const postgresUrl = process.env['FETTLE_TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const engines = (await isReachable('postgres')) ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const);
if (engines.length === 1) process.stderr.write('No postgres server here: its workspace tables are not tested.\n');

const ticketFields: readonly FieldSpecification[] = [
  { name: 'title', type: 'text', required: true },
  { name: 'number', type: 'autoNumber' },
  { name: 'state', type: 'select', options: ['open', 'done'], default: 'open', required: true },
  { name: 'tags', type: 'multiSelect', options: ['a', 'b c'] },
  { name: 'cost', type: 'decimal', scale: 2 },
  { name: 'due', type: 'date' },
  { name: 'at', type: 'datetime' },
  { name: 'team', type: 'relation', target: 'team' },
  { name: 'files', type: 'attachment' },
  { name: 'urgent', type: 'boolean', default: false },
  { name: 'email', type: 'email' },
  { name: 'page', type: 'url' },
  { name: 'more', type: 'json' },
  { name: 'made at', type: 'createdAt' },
  { name: 'changed at', type: 'updatedAt' },
  { name: 'made by', type: 'createdBy' },
];

describe.each(engines)('workspace tables on %s', (engine) => {
  let folder = '';
  let session: DataSession;
  let structure: StructureEditor;
  let tables: TablesCapability;
  let schema: SchemaDescription;
  const schemaName = `fettle_test_${process.pid} "x"`;

  const refresh = async (): Promise<void> => {
    schema = (await session.introspect?.(calm)) as SchemaDescription;
  };
  const rows = async (table = 'ticket'): Promise<readonly Row[]> =>
    (await tables.list({ table, limit: 100 }, schema, calm)).rows;
  const create = async (...items: readonly Row[]): Promise<readonly Row[]> =>
    tables.create({ table: 'ticket', rows: items }, schema, calm);

  const dropSchema = async (): Promise<void> => {
    if (engine !== 'postgres') return;
    const client = new pg.Client({ connectionString: postgresUrl });
    await client.connect();
    await client.query(`drop schema if exists "${schemaName.replaceAll('"', '""')}" cascade`);
    await client.end();
  };

  beforeEach(async () => {
    await dropSchema();
    folder = await mkdtemp(join(tmpdir(), 'fettle-internal-'));
    session = internal.open(
      engine === 'sqlite'
        ? testContext({ engine, file: join(folder, 'deep', 'workspace.db') })
        : testContext({ engine, schema: schemaName }, { connectionString: postgresUrl }),
    );
    structure = session.structure as StructureEditor;
    tables = session.tables as TablesCapability;
    await structure.createTable('team', [{ name: 'name', type: 'text', required: true, unique: true }], calm);
    await structure.createTable('ticket', ticketFields, calm);
    await refresh();
    await tables.create({ table: 'team', rows: [{ name: 'one' }, { name: 'two' }] }, schema, calm);
  });

  afterEach(async () => {
    await session.close();
    await rm(folder, { recursive: true, force: true });
  });

  afterAll(dropSchema);

  it('are described with what their fields mean, and without what is ours', () => {
    expect(schema.tables.map(({ id }) => id)).toEqual(['team', 'ticket']);
    const described = new Map(schema.tables[1]?.columns.map((column) => [column.name, column]));
    expect(described.get('state')).toMatchObject({
      type: 'enum',
      meaning: 'select',
      options: ['open', 'done'],
      defaultValue: 'open',
      nullable: false,
    });
    expect(described.get('tags')).toMatchObject({
      type: 'array',
      itemType: 'enum',
      meaning: 'multiSelect',
      options: ['a', 'b c'],
    });
    expect(described.get('number')).toMatchObject({ type: 'integer', meaning: 'autoNumber', generated: true });
    expect(described.get('at')).toMatchObject({ type: 'timestamp' });
    expect(described.get('cost')).toMatchObject({ type: 'decimal', scale: 2 });
    expect(described.get('made at')).toMatchObject({ type: 'timestamp', meaning: 'createdAt', generated: true });
    expect(described.get('files')).toMatchObject({ type: 'json', meaning: 'attachment' });
    expect(schema.tables[1]?.relations).toMatchObject([{ kind: 'one', table: 'team' }]);
    expect(schema.tables[0]?.relations).toMatchObject([{ name: 'tickets', kind: 'many' }]);
  });

  it('fill numbers, defaults and time stamps, and keep values exactly', async () => {
    const row = {
      title: 'one',
      tags: ['b c'],
      cost: '1.50',
      due: '2026-01-31',
      at: '2026-01-31T11:00:00.250Z',
      team: 1,
      urgent: true,
      files: [{ id: 'f1', name: 'a.txt', size: 3, type: 'text/plain' }],
      more: { a: [1] },
      'made by': 'usr_1',
    };
    const [first, second] = await create(row, { title: 'two' });
    expect(first).toMatchObject({ ...row, id: 1, number: 1, state: 'open' });
    expect(second).toMatchObject({ id: 2, number: 2, urgent: false });
    expect(Date.now() - Date.parse(String(first?.['made at']))).toBeLessThan(10_000);
    expect(first?.['changed at']).toBe(first?.['made at']);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const [changed] = await tables.update(
      { table: 'ticket', changes: [{ key: { id: 1 }, values: { title: 'uno' } }] },
      schema,
      calm,
    );
    expect(Date.parse(String(changed?.['changed at']))).toBeGreaterThan(Date.parse(String(first?.['changed at'])));
    expect(changed?.['made at']).toBe(first?.['made at']);
    const found = await tables.list(
      { table: 'ticket', columns: [], filter: { column: 'tags', operator: 'containsAny', value: ['b c'] }, limit: 5 },
      schema,
      calm,
    );
    expect(found.rows).toEqual([{ id: 1 }]);
  });

  it('refuse values that are no option, no file, or not theirs to write', async () => {
    const wrong: readonly (readonly [string, Json])[] = [
      ['state', 'lost'],
      ['tags', ['z']],
      ['tags', 'a'],
      ['files', 'x'],
      ['email', 'nobody'],
      ['page', 'javascript:alert(1)'],
      ['number', 9],
      ['made at', '2026-01-01T00:00:00Z'],
    ];
    for (const [name, value] of wrong) {
      await expect(create({ title: 'x', [name]: value }), name).rejects.toMatchObject({
        kind: 'input',
        problems: [{ path: `/rows/0/${name}` }],
      });
    }
    await expect(create({ title: 'x', team: 99 })).rejects.toMatchObject({
      kind: 'input',
      code: 'data.reference-missing',
    });
    await expect(tables.create({ table: 'team', rows: [{ name: 'one' }] }, schema, calm)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'data.not-unique',
    });
  });

  it('keep every row when tables and columns are renamed, added, changed and removed', async () => {
    await create({ title: '10', team: 1, cost: '2.50' }, { title: '20', team: 2, tags: ['a'] });
    await structure.renameTable('team', 'crew', calm);
    await structure.renameColumn('ticket', 'title', 'points', calm);
    await structure.addColumn('ticket', { name: 'lead', type: 'relation', target: 'crew' }, calm);
    await structure.addColumn('ticket', { name: 'level', type: 'integer', required: true, default: 3 }, calm);
    await structure.changeColumn('ticket', { name: 'points', type: 'integer', unique: true }, calm);
    await structure.changeColumn('ticket', { name: 'cost', type: 'text' }, calm);
    await structure.dropColumn('ticket', 'urgent', calm);
    await refresh();
    expect(await rows()).toMatchObject([
      { id: 1, points: 10, team: 1, number: 1, level: 3, lead: null, state: 'open', tags: null },
      { id: 2, points: 20, team: 2, number: 2, level: 3, tags: ['a'], cost: null },
    ]);
    expect(Object.keys((await rows())[0] ?? {})).not.toContain('urgent');
    await expect(create({ points: 10 })).rejects.toMatchObject({ code: 'data.not-unique' });
    await expect(create({ points: 11, lead: 99 })).rejects.toMatchObject({ code: 'data.reference-missing' });
    const [third] = await create({ points: 30 });
    // PostgreSQL counts refused rows too.
    expect(Number(third?.['number'])).toBeGreaterThan(2);
  });

  it('never give a number again', async () => {
    await create({ title: 'a' }, { title: 'b' });
    await tables.delete({ table: 'ticket', keys: [{ id: 2 }] }, schema, calm);
    await structure.addColumn('ticket', { name: 'needed', type: 'text', required: true, default: 'x' }, calm);
    await refresh();
    expect(await create({ title: 'c' })).toMatchObject([{ id: 3 }]);
  });

  it('refuse changes that would lose something, and leave all as it was', async () => {
    await create({ title: 'ten', team: 1 });
    const before = await rows();
    await expect(structure.changeColumn('ticket', { name: 'title', type: 'integer' }, calm)).rejects.toMatchObject({
      kind: 'input',
      code: 'structure.value-lost',
    });
    await expect(
      structure.changeColumn('ticket', { name: 'state', type: 'select', options: ['done'] }, calm),
    ).rejects.toMatchObject({ code: 'structure.value-lost' });
    await expect(structure.changeColumn('ticket', { name: 'files', type: 'integer' }, calm)).rejects.toMatchObject({
      code: 'structure.type-change',
    });
    await expect(
      structure.changeColumn('ticket', { name: 'due', type: 'date', required: true }, calm),
    ).rejects.toMatchObject({ kind: 'input', code: 'data.required' });
    await expect(
      structure.addColumn('ticket', { name: 'must', type: 'text', required: true }, calm),
    ).rejects.toMatchObject({ code: 'structure.required-needs-default' });
    await expect(structure.addColumn('ticket', { name: 'Title', type: 'text' }, calm)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'structure.name-taken',
    });
    await expect(
      structure.addColumn('ticket', { name: 'far', type: 'relation', target: 'nowhere' }, calm),
    ).rejects.toMatchObject({ kind: 'input' });
    await expect(structure.dropTable('team', calm)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'structure.still-linked',
    });
    await expect(structure.createTable('a"; drop table team; --', [], calm)).rejects.toMatchObject({ kind: 'input' });
    await expect(structure.createTable('_fettle_x', [], calm)).rejects.toMatchObject({ kind: 'input' });
    await refresh();
    expect(await rows()).toEqual(before);
  });

  it('disappear when they are dropped, and can be made anew', async () => {
    await structure.dropTable('ticket', calm);
    await structure.dropTable('team', calm);
    await refresh();
    expect(schema.tables).toEqual([]);
    await structure.createTable('team', [{ name: 'Größe', type: 'decimal' }], calm);
    await refresh();
    expect(schema.tables[0]?.columns.map(({ name }) => name)).toEqual(['id', 'Größe']);
  });
});
