import { describe, expect, it } from 'vitest';
import type { ColumnDescription, TableDescription } from '@fettle/sdk';
import { generateApp } from './generate-app.ts';

const column = (name: string): ColumnDescription => ({
  name,
  type: 'integer',
  nativeType: 'integer',
  nullable: false,
  hasDefault: false,
  generated: false,
});

const table = (
  id: string,
  given: Pick<TableDescription, 'name' | 'primaryKey'> & Partial<TableDescription>,
): TableDescription => ({
  id,
  kind: 'table',
  columns: [...given.primaryKey.map(column), column('note')],
  uniqueKeys: [],
  relations: [],
  writable: true,
  ...given,
});

const appOf = (...tables: readonly TableDescription[]) =>
  generateApp({
    name: 'Test',
    dataSource: 'src_1',
    schema: { tables, warnings: [] },
    tables: tables.map(({ id }) => id),
  });

describe('an app out of tables', () => {
  it('tells lists of one table apart that are linked in several ways', () => {
    const many = (name: string, junction: string | undefined, columns: readonly string[] = ['ticket_id']) => ({
      name,
      kind: 'many' as const,
      table: 'person',
      columns: ['id'],
      foreignColumns: junction === undefined ? columns : ['id'],
      ...(junction === undefined ? {} : { through: { table: junction, columns, foreignColumns: ['person_id'] } }),
    });
    const ticket = table('ticket', {
      name: 'ticket',
      primaryKey: ['id'],
      relations: [many('watchers', 'ticket_watcher'), many('owners', 'ticket_owner'), many('reporters', undefined)],
    });
    const back = (name: string, junction: string) => ({
      name,
      kind: 'many' as const,
      table: 'ticket',
      columns: ['id'],
      foreignColumns: ['id'],
      through: { table: junction, columns: ['person_id'], foreignColumns: ['ticket_id'] },
    });
    const person = table('person', {
      name: 'person',
      primaryKey: ['id'],
      relations: [back('watched', 'ticket_watcher'), back('owned', 'ticket_owner')],
    });
    const detail = Object.values(appOf(ticket, person).screens).find(({ name }) => name === 'ticketDetail');
    const titles = Object.values(detail?.components ?? {}).flatMap(({ type, settings }) =>
      type === 'core/table' ? [settings['title']] : [],
    );
    expect(titles).toEqual(['Person (ticket watcher)', 'Person (ticket owner)', 'Person (ticket)']);
  });

  it('lists what belongs to a row whose key has several columns', () => {
    const order = table('order', {
      name: 'order',
      primaryKey: ['region', 'no'],
      relations: [
        {
          name: 'lines',
          kind: 'many',
          table: 'line',
          columns: ['region', 'no'],
          foreignColumns: ['region', 'order no'],
        },
      ],
    });
    const line = table('line', { name: 'line', primaryKey: ['region', 'order no', 'pos'] });
    const detail = Object.values(appOf(order, line).screens).find(({ name }) => name === 'orderDetail');
    const lists = Object.values(detail?.components ?? {}).filter(({ type }) => type === 'core/table');
    expect(lists.map(({ settings }) => (settings['data'] as { filter: unknown }).filter)).toEqual([
      {
        and: [
          { column: 'region', operator: 'equal', value: '{{ parseJson(screen.params.id)?.[0] }}' },
          { column: 'order no', operator: 'equal', value: '{{ parseJson(screen.params.id)?.[1] }}' },
        ],
      },
    ]);
  });

  it('tells tables of two schemas with one name apart', () => {
    const app = appOf(
      table('people', { name: 'people', schema: 'public', primaryKey: ['id'] }),
      table('sales.people', { name: 'people', schema: 'sales', primaryKey: ['id'] }),
      table('site', { name: 'site', schema: 'public', primaryKey: ['id'] }),
    );
    expect(app.app.navigation?.items.map(({ label }) => label)).toEqual(['People (Public)', 'People (Sales)', 'Site']);
  });
});
