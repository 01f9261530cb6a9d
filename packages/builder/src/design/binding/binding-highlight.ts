import { RangeSetBuilder, type Extension } from '@codemirror/state';
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from '@codemirror/view';

const binding = Decoration.mark({ class: 'cm-binding' });
const brace = Decoration.mark({ class: 'cm-binding cm-binding-brace' });
const text = Decoration.mark({ class: 'cm-binding cm-binding-text' });
const value = Decoration.mark({ class: 'cm-binding cm-binding-value' });

const tokens = /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)|\b(\d+(?:\.\d+)?|true|false|null|undefined)\b/g;

/** Marks every `{{ }}`, and the texts and numbers in it, whatever the language around it. */
export const bindingHighlight: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorate(view.state.doc.toString());
    }

    update(update: ViewUpdate): void {
      if (update.docChanged) this.decorations = decorate(update.state.doc.toString());
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function decorate(source: string): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (let open = source.indexOf('{{'); open !== -1;) {
    const close = source.indexOf('}}', open + 2);
    const end = close === -1 ? source.length : close;
    builder.add(open, open + 2, brace);
    let at = open + 2;
    for (const match of source.slice(at, end).matchAll(tokens)) {
      const start = open + 2 + match.index;
      if (start > at) builder.add(at, start, binding);
      at = start + match[0].length;
      builder.add(start, at, match[1] === undefined ? value : text);
    }
    if (end > at) builder.add(at, end, binding);
    if (close === -1) break;
    builder.add(close, close + 2, brace);
    open = source.indexOf('{{', close + 2);
  }
  return builder.finish();
}
