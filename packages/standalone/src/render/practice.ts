import type { RunnableApp } from '@fettle/contract';
import { compileScreen, tableReference } from '@fettle/definition';
import { countingIds, generateApp } from '@fettle/generator';
import type { FirstAnswer, FirstQuestion } from '@fettle/runtime/render-page';
import type { ColumnDescription, ListResult, TableDescription } from '@fettle/sdk';

const column = (name: string, type: ColumnDescription['type']): ColumnDescription => ({
  name,
  type,
  nativeType: type,
  nullable: name !== 'id',
  hasDefault: false,
  generated: false,
});

const table: TableDescription = {
  id: 'practice',
  name: 'practice',
  kind: 'table',
  columns: [
    column('id', 'integer'),
    column('name', 'text'),
    column('amount', 'decimal'),
    column('open', 'boolean'),
    column('due', 'date'),
    column('changed', 'timestamp'),
    column('owner', 'integer'),
  ],
  primaryKey: ['id'],
  uniqueKeys: [],
  relations: [
    { name: 'owner_row', kind: 'one', table: 'practice', columns: ['owner'], foreignColumns: ['id'] },
    { name: 'owned', kind: 'many', table: 'practice', columns: ['id'], foreignColumns: ['owner'] },
  ],
  labelColumn: 'name',
  writable: true,
};

const rows = Array.from({ length: 50 }, (_, index) => ({
  id: index,
  name: `Row ${index}`,
  amount: `${index}.50`,
  open: index % 2 === 0,
  due: '2026-01-01',
  changed: '2026-01-01T12:00:00Z',
  owner: 1,
  owner_row: { id: 1, name: 'Row 1' },
}));

/** An app of lists such as most apps open on, of nobody's rows: rendering it makes the code of the next page fast. */
export function practiceApp(): RunnableApp {
  const schema = { tables: [table], warnings: [] };
  const source = 'practice';
  const { app, screens, theme } = generateApp({
    name: 'Practice',
    dataSource: source,
    schema,
    tables: [table.id],
    ids: countingIds(),
  });
  return {
    appId: 'app_practice',
    slug: 'practice',
    version: '0',
    client: {
      app: { ...app, state: [] },
      screens: Object.fromEntries(Object.entries(screens).map(([id, screen]) => [id, compileScreen(screen)])),
      queries: {},
      theme,
    },
    tables: { [tableReference(source, table.id)]: table },
    components: [],
    eventActions: [],
    user: { id: 'usr_practice', email: 'practice@example.org', name: 'Practice', roles: ['basic'] },
  };
}

/** The rows of the practice app, whatever was asked. */
export function practiceAnswer(question: FirstQuestion): FirstAnswer {
  const reply: ListResult = { rows, total: rows.length };
  return { question, reply };
}
