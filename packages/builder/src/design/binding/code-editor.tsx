import { useEffect, useRef } from 'react';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { bracketMatching } from '@codemirror/language';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, placeholder as placeholderOf, tooltips } from '@codemirror/view';
import { editorTheme } from './editor-theme.ts';

/** Props of {@link CodeEditor}. */
export interface CodeEditorProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
  /** Language, completion, checks. Taken when the editor opens: give an object that stays the same. */
  readonly extensions: readonly Extension[];
  readonly inputId?: string;
  readonly placeholder?: string;
  /** Lines shown at least and at most; a single line takes no line breaks. */
  readonly lines?: { readonly least: number; readonly most: number };
  readonly isSingleLine?: boolean;
  readonly hasLineNumbers?: boolean;
  readonly autoFocus?: boolean;
  /** Where the caret stands at first; the end when absent. */
  readonly caret?: number;
  readonly onBlur?: () => void;
  readonly onView?: (view: EditorView | undefined) => void;
}

/** A CodeMirror editor as a controlled field. What is typed is never held up by what happens around it. */
export function CodeEditor(props: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const { value, autoFocus, caret = value.length, onView } = latest.current;
    const created = new EditorView({
      parent: element,
      state: EditorState.create({
        doc: value,
        selection: { anchor: Math.min(caret, value.length) },
        extensions: baseExtensions(latest),
      }),
    });
    view.current = created;
    onView?.(created);
    if (autoFocus === true) created.focus();
    return () => {
      onView?.(undefined);
      created.destroy();
      view.current = undefined;
    };
  }, []);

  useEffect(() => {
    const current = view.current;
    if (current === undefined) return;
    const text = current.state.doc.toString();
    if (text !== props.value) current.dispatch({ changes: { from: 0, to: text.length, insert: props.value } });
  }, [props.value]);

  return <div ref={host} data-code-editor="" />;
}

function baseExtensions(latest: { readonly current: CodeEditorProps }): Extension[] {
  const { extensions, label, placeholder, inputId, lines, isSingleLine } = latest.current;
  return [
    nonceExtension(),
    history(),
    bracketMatching(),
    closeBrackets(),
    tooltips({ parent: document.body, position: 'fixed' }),
    ...extensions,
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, ...(inputId === undefined ? {} : { id: inputId }) }),
    placeholder === undefined ? [] : placeholderOf(placeholder),
    editorTheme(lines ?? { least: 1, most: 12 }),
    isSingleLine === true ? EditorState.transactionFilter.of((change) => (change.newDoc.lines > 1 ? [] : change)) : [],
    EditorView.updateListener.of((update) => {
      if (update.docChanged) {
        const text = update.state.doc.toString();
        if (text !== latest.current.value) latest.current.onChange(text);
      }
      if (update.focusChanged && !update.view.hasFocus) latest.current.onBlur?.();
    }),
  ];
}

/** Styles made at run time carry the page's nonce, so that a strict content security policy lets them through. */
function nonceExtension(): Extension {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  const nonce = meta === null ? '' : meta.nonce || meta.content;
  return nonce === '' ? [] : EditorView.cspNonce.of(nonce);
}
