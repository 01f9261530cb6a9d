import { useMemo } from 'react';
import { sql, MSSQL, MySQL, PostgreSQL, SQLite, StandardSQL, type SQLDialect } from '@codemirror/lang-sql';
import { Prec } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import type { SchemaDescription } from '@fettle/sdk';
import { CodeEditor } from '../../design/binding/code-editor.tsx';
import { rankByHint, type FieldEditor } from '../../fields/field-editor.ts';

/** What the SQL editor knows of its surroundings. */
export interface SqlSurroundings {
  readonly connector: string;
  readonly schema: SchemaDescription | undefined;
  readonly onRun: () => void;
}

const dialects: readonly (readonly [RegExp, SQLDialect])[] = [
  [/postgres/, PostgreSQL],
  [/mysql|maria/, MySQL],
  [/mssql|sqlserver/, MSSQL],
  [/sqlite/, SQLite],
];

/** The editor of SQL settings: completes tables and columns, runs with Mod-Enter. */
export function sqlFieldFor({ connector, schema, onRun }: SqlSurroundings): FieldEditor {
  return {
    id: 'sql',
    rank: (item) => rankByHint('sql')(item) * 2,
    Field: ({ value, onChange, inputId, item }) => {
      const extensions = useMemo(
        () => [
          sql({
            dialect: dialects.find(([name]) => name.test(connector))?.[1] ?? StandardSQL,
            schema: completionsOf(schema),
            upperCaseKeywords: false,
          }),
          Prec.highest(
            keymap.of([
              {
                key: 'Mod-Enter',
                run: () => {
                  onRun();
                  return true;
                },
              },
            ]),
          ),
        ],
        [],
      );
      return (
        <CodeEditor
          inputId={inputId}
          label={item.title}
          value={typeof value === 'string' ? value : ''}
          onChange={onChange}
          extensions={extensions}
          placeholder="select * from …"
          lines={{ least: 8, most: 24 }}
        />
      );
    },
  };
}

/** Tables with their columns, as the completion wants them. */
function completionsOf(schema: SchemaDescription | undefined): Record<string, string[]> {
  return Object.fromEntries(
    (schema?.tables ?? []).slice(0, 2000).map((table) => [table.id, table.columns.map(({ name }) => name)]),
  );
}
