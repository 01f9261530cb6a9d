import { Type } from 'typebox';
import { notFound, type Json } from '@fettle/base';
import { defineConnector, setting, type ColumnDescription, type Row, type SchemaDescription } from '@fettle/sdk';
import { implementConnector, type ConnectorExtension, type DataSession } from '@fettle/sdk/server';

/** Rows of the test table as they are now, and what was asked of it. */
export interface MemoryRows {
  rows: Row[];
  readonly writes: string[];
}

const column = (name: string, type: ColumnDescription['type'], nativeType: string): ColumnDescription => ({
  name,
  type,
  nativeType,
  nullable: name !== 'id',
  hasDefault: name === 'id',
  generated: false,
});

const schema: SchemaDescription = {
  tables: ['items', 'hidden'].map((name) => ({
    id: name,
    name,
    kind: 'table',
    columns: [column('id', 'integer', 'int'), column('name', 'text', 'text'), column('salary', 'integer', 'int')],
    primaryKey: ['id'],
    uniqueKeys: [],
    relations: [],
    writable: true,
  })),
  warnings: [],
};

const manifest = defineConnector({
  id: 'test/memory',
  version: 1,
  title: 'Memory',
  description: 'Rows in memory, for tests.',
  icon: 'database',
  category: 'Test',
  settings: Type.Object(
    { label: Type.Optional(setting(Type.String(), { title: 'Label' })) },
    { additionalProperties: false },
  ),
  capabilities: {
    tables: true,
    writes: true,
    transactions: true,
    relations: false,
    aggregates: true,
    structure: false,
  },
  queryKinds: [
    { id: 'echo', title: 'Echo', settings: Type.Object({ text: setting(Type.String(), { title: 'Text' }) }) },
  ],
  destination: ['label'],
});

/** A connector with two tables that live as long as the test. */
export function createMemoryConnector(): { readonly extension: ConnectorExtension; readonly memory: MemoryRows } {
  const memory: MemoryRows = {
    rows: [
      { id: 1, name: 'First', salary: 100 },
      { id: 2, name: 'Second', salary: 200 },
    ],
    writes: [],
  };
  return { memory, extension: implementConnector(manifest, async () => ({ open: () => createSession(memory) })) };
}

function createSession(memory: MemoryRows): DataSession {
  const find = (key: Readonly<Record<string, Json>>): Row | undefined =>
    memory.rows.find((row) => String(row['id']) === String(key['id']));
  return {
    test: async () => undefined,
    introspect: async () => schema,
    query: async (request) => {
      memory.writes.push('query');
      return { data: [{ echo: String(request.settings['text']) }], truncated: false, durationMs: 0 };
    },
    close: async () => undefined,
    tables: {
      list: async (request) => ({ rows: memory.rows.slice(0, request.limit).map((row) => pick(row, request.columns)) }),
      read: async (request) => {
        const row = find(request.key);
        return row === undefined ? undefined : pick(row, request.columns);
      },
      create: async (request) => {
        memory.writes.push('create');
        const rows = request.rows.map((row, index) => ({
          id: memory.rows.length + 1 + index,
          name: null,
          salary: null,
          ...row,
        }));
        memory.rows.push(...rows);
        return rows;
      },
      update: async (request) => {
        memory.writes.push('update');
        return request.changes.map(({ key, values }) => {
          const row = find(key);
          if (row === undefined) throw notFound({ code: 'row.unknown', message: 'There is no such row.' });
          const next = { ...row, ...values };
          memory.rows = memory.rows.map((one) => (one === row ? next : one));
          return next;
        });
      },
      delete: async (request) => {
        memory.writes.push('delete');
        return request.keys.length;
      },
      aggregate: async () => ({ rows: [{ count: memory.rows.length }], truncated: false }),
      async *stream() {
        yield memory.rows;
      },
    },
  };
}

function pick(row: Row, columns: readonly string[] | undefined): Row {
  if (columns === undefined) return row;
  return Object.fromEntries(Object.entries(row).filter(([name]) => name === 'id' || columns.includes(name)));
}
