import { useMemo, useRef } from 'react';
import { linter, type Diagnostic } from '@codemirror/lint';
import { keymap, type EditorView } from '@codemirror/view';
import { bindingCompletion } from './binding-completion.ts';
import { bindingHighlight } from './binding-highlight.ts';
import { useExtensions } from '../../extensions.ts';
import { useKnownNames, useWorld, type BindingScope } from './binding-scope.ts';
import { CodeEditor } from './code-editor.tsx';
import { DataPicker } from './data-picker.tsx';
import { diagnose } from './diagnose.ts';
import { textToPutIn } from './put-in.ts';

/** Props of {@link BindingEditor}. */
export interface BindingEditorProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly scope: BindingScope;
  readonly label: string;
  readonly inputId?: string;
  readonly placeholder?: string;
  readonly isMultiline?: boolean;
  readonly autoFocus?: boolean;
  readonly caret?: number;
  /** Esc with no list open, Enter in a single line, or leaving the field. */
  readonly onDone?: (reason: 'key' | 'blur') => void;
}

/** Puts a picked path in at the caret. */
function putIn(view: EditorView | undefined, source: string): void {
  if (view === undefined) return;
  const { from, to } = view.state.selection.main;
  const insert = textToPutIn(view.state.doc.toString(), from, source);
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent: 'input.complete',
  });
  view.focus();
}

/** Edits a text with `{{ }}`: completion from the running screen, errors in place. Loaded on first use. */
export function BindingEditor(props: BindingEditorProps) {
  const world = useWorld(props.scope);
  const known = useKnownNames(props.scope);
  const { functions } = useExtensions().catalog;
  const latest = useRef({ world, known, functions, onDone: props.onDone });
  latest.current = { world, known, functions, onDone: props.onDone };
  const view = useRef<EditorView>(undefined);
  const isMultiline = props.isMultiline === true;
  const extensions = useMemo(() => {
    const done = (): boolean => {
      latest.current.onDone?.('key');
      return latest.current.onDone !== undefined;
    };
    return [
      bindingHighlight,
      bindingCompletion(() => latest.current.world),
      linter(
        (view): Diagnostic[] =>
          diagnose(view.state.doc.toString(), latest.current.known, latest.current.functions).map((one) =>
            clip(one, view.state.doc.length),
          ),
        { delay: 250 },
      ),
      // An open list of suggestions takes these keys first.
      keymap.of([{ key: 'Escape', run: done }, ...(isMultiline ? [] : [{ key: 'Enter', run: done }])]),
    ];
  }, [isMultiline]);
  const { picks } = props.scope;
  const editor = (
    <CodeEditor
      onView={(opened) => {
        view.current = opened;
      }}
      value={props.value}
      onChange={props.onChange}
      label={props.label}
      extensions={extensions}
      lines={isMultiline ? { least: 3, most: 16 } : { least: 1, most: 8 }}
      onBlur={() => props.onDone?.('blur')}
      {...(props.inputId === undefined ? {} : { inputId: props.inputId })}
      {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
      {...(props.autoFocus === undefined ? {} : { autoFocus: props.autoFocus })}
      {...(props.caret === undefined ? {} : { caret: props.caret })}
    />
  );
  if (picks === undefined) return editor;
  return (
    <>
      {editor}
      <DataPicker picks={picks} onPick={(source) => putIn(view.current, source)} />
    </>
  );
}

/** A diagnosis of an older text must not point past the end. */
function clip(
  one: { readonly from: number; readonly to: number; readonly severity: 'error' | 'warning'; readonly message: string },
  length: number,
): Diagnostic {
  const from = Math.min(one.from, length);
  return { ...one, from, to: Math.max(from, Math.min(one.to, length)) };
}
