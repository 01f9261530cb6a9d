import {
  acceptCompletion,
  autocompletion,
  type Completion as CodeCompletion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { complete, type Suggestion } from './complete.ts';
import type { ExpressionWorld } from './expression-world.ts';

const boosts = { member: 2, name: 2, function: 0, keyword: -1 } as const;
const types = { member: 'property', name: 'variable', function: 'function', keyword: 'keyword' } as const;

/** Where completion finds its world: read at each use, so that it is never stale. */
export type WorldSource = () => ExpressionWorld;

/** Completion inside `{{ }}` as a source for CodeMirror. */
export function bindingSource(world: WorldSource): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const found = complete(context.state.doc.toString(), context.pos, world(), context.explicit);
    if (found === undefined || found.suggestions.length === 0) return null;
    return { from: found.from, options: found.suggestions.map(toCode), validFor: /^[\w$]*$/ };
  };
}

/** Completion for texts that are nothing but text and bindings. */
export function bindingCompletion(world: WorldSource): Extension {
  return [
    autocompletion({ override: [bindingSource(world)], icons: false, closeOnBlur: true, maxRenderedOptions: 80 }),
    acceptWithTab,
    doubleBraces,
  ];
}

/** Tab takes the chosen suggestion; without one it leaves the field. */
export const acceptWithTab: Extension = keymap.of([{ key: 'Tab', run: acceptCompletion }]);

/** Typing `{{` puts the closing braces and the caret between them. */
export const doubleBraces: Extension = EditorView.inputHandler.of((view, from, to, text) => {
  if (text !== '{' || from !== to) return false;
  const { doc } = view.state;
  if (doc.sliceString(from - 1, from) !== '{') return false;
  const hasOne = doc.sliceString(from, from + 1) === '}';
  const hasTwo = doc.sliceString(from, from + 2) === '}}';
  view.dispatch({
    changes: { from, to: from + (hasTwo ? 2 : hasOne ? 1 : 0), insert: '{  }}' },
    selection: { anchor: from + 2 },
    userEvent: 'input.type',
  });
  return true;
});

function toCode(suggestion: Suggestion): CodeCompletion {
  const { label, kind, detail, insert, back = 0, replacesDot = false } = suggestion;
  return {
    label,
    detail,
    type: types[kind],
    boost: boosts[kind],
    ...(hasInfo(suggestion) ? { info: () => infoOf(suggestion) } : {}),
    apply: (view, _completion, from, to) => {
      const start = replacesDot ? from - 1 : from;
      view.dispatch({
        changes: { from: start, to, insert },
        selection: { anchor: start + insert.length - back },
        userEvent: 'input.complete',
      });
    },
  };
}

function hasInfo({ spec, preview }: Suggestion): boolean {
  return spec !== undefined || preview !== undefined;
}

/** The small card beside the list: what a function does with an example, or what a name holds now. */
function infoOf({ spec, preview }: Suggestion): HTMLElement {
  const card = document.createElement('div');
  const line = (text: string, isCode: boolean): void => {
    const element = document.createElement(isCode ? 'code' : 'div');
    element.textContent = text;
    element.style.display = 'block';
    element.style.marginBottom = '4px';
    element.style.whiteSpace = 'pre-wrap';
    card.append(element);
  };
  if (spec === undefined) line(preview ?? '', true);
  else {
    line(`${spec.signature} → ${spec.returns}`, true);
    line(spec.description, false);
    const [example] = spec.examples;
    if (example !== undefined) line(`${example.expression} → ${JSON.stringify(example.result)}`, true);
  }
  return card;
}
