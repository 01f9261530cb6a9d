import { useEffect, useMemo, useRef, useState } from 'react';
import { autocompletion } from '@codemirror/autocomplete';
import { MariaSQL, MSSQL, MySQL, PostgreSQL, sql, SQLite, type SQLDialect } from '@codemirror/lang-sql';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, Prec, type Extension } from '@codemirror/state';
import { keymap, lineNumbers, type EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { FunctionManifest, SchemaDescription } from '@fettle/sdk';
import { useExtensions } from '../../../extensions.ts';
import { acceptWithTab, bindingSource, doubleBraces } from '../../binding/binding-completion.ts';
import { bindingHighlight } from '../../binding/binding-highlight.ts';
import { functionHelp } from '../../binding/plugin-functions.ts';
import { CodeEditor } from '../../binding/code-editor.tsx';
import { useSchema } from '../data/use-schema.ts';
import { useSqlContext } from './sql-context.ts';

const dialects: readonly (readonly [part: string, dialect: SQLDialect])[] = [
  ['postgres', PostgreSQL],
  ['maria', MariaSQL],
  ['mysql', MySQL],
  ['mssql', MSSQL],
  ['sqlserver', MSSQL],
];

function dialectOf(connector: string | undefined): SQLDialect {
  return dialects.find(([part]) => connector?.includes(part) === true)?.[1] ?? SQLite;
}

const highlight = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--fettle-accent-text)', fontWeight: '500' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--fettle-success-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--fettle-warning-text)' },
  { tag: tags.comment, color: 'var(--fettle-text-dimmed)', fontStyle: 'italic' },
]);

/** Tables and their columns, as completion takes them. */
export function completionSchema(schema: SchemaDescription | undefined): Record<string, string[]> {
  return Object.fromEntries((schema?.tables ?? []).map(({ id, columns }) => [id, columns.map(({ name }) => name)]));
}

/** Edits SQL: tables and columns of the data source and parameters of the query are completed. Loaded on first use. */
export function SqlEditor(props: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
  readonly inputId?: string;
}) {
  const context = useSqlContext();
  const { schema } = useSchema(context.dataSource);
  const { functions } = useExtensions();
  const latest = useRef({ ...context, functions });
  latest.current = { ...context, functions };
  const [view, setView] = useState<EditorView>();
  const [language] = useState(() => new Compartment());
  const dialect = dialectOf(context.connector);
  const inSql = useMemo(
    () => sql({ dialect, schema: completionSchema(schema), upperCaseKeywords: true }),
    [dialect, schema],
  );
  useEffect(() => view?.dispatch({ effects: language.reconfigure(inSql) }), [inSql, language, view]);
  const extensions = useMemo<Extension[]>(
    () => [
      Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => (latest.current.onRun?.(), true) }])),
      language.of([]),
      lineNumbers(),
      syntaxHighlighting(highlight),
      bindingHighlight,
      doubleBraces,
      acceptWithTab,
      autocompletion({ icons: false, maxRenderedOptions: 100 }),
      parameterCompletion(() => latest.current),
    ],
    [language],
  );
  return (
    <CodeEditor
      value={props.value}
      onChange={props.onChange}
      label={props.label}
      extensions={extensions}
      lines={{ least: 6, most: 24 }}
      placeholder="SELECT …"
      onView={setView}
      {...(props.inputId === undefined ? {} : { inputId: props.inputId })}
    />
  );
}

/** Inside `{{ }}`: the query's parameters and the signed-in person. */
function parameterCompletion(
  known: () => { readonly parameters: readonly string[]; readonly functions: readonly FunctionManifest[] },
): Extension {
  const source = bindingSource(() => ({
    functions: functionHelp(known().functions),
    names: () => [...known().parameters, 'user'].map((name) => ({ name, value: undefined })),
    members: (owner) =>
      owner === 'user' ? ['id', 'name', 'email', 'roles'].map((name) => ({ name, value: undefined })) : [],
  }));
  return EditorState.languageData.of(() => [{ autocomplete: source }]);
}
