import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

const lineHeight = 18;

/** How code looks in the builder: the theme's own colours, so that light and dark both fit. */
export function editorTheme(lines: { readonly least: number; readonly most: number }): Extension {
  return EditorView.theme({
    '&': {
      border: '1px solid var(--fettle-border-strong)',
      borderRadius: 'var(--fettle-radius-control)',
      background: 'var(--fettle-surface-raised)',
      color: 'var(--fettle-text)',
      fontSize: '12px',
    },
    '&.cm-focused': { outline: '2px solid var(--fettle-focus)', outlineOffset: '-1px' },
    '.cm-scroller': {
      minHeight: `${lines.least * lineHeight + 10}px`,
      maxHeight: `${lines.most * lineHeight + 10}px`,
      overflow: 'auto',
      fontFamily: 'var(--mantine-font-family-monospace)',
      lineHeight: `${lineHeight}px`,
    },
    '.cm-content': { padding: '5px 0', caretColor: 'var(--fettle-text)' },
    '.cm-line': { padding: '0 8px' },
    '.cm-placeholder': { color: 'var(--fettle-text-dimmed)' },
    '.cm-gutters': { background: 'transparent', border: 'none', color: 'var(--fettle-text-dimmed)' },
    '.cm-activeLineGutter': { background: 'transparent' },
    '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
      background: 'var(--fettle-accent-soft-hover) !important',
    },
    '.cm-cursor': { borderLeftColor: 'var(--fettle-text)' },
    '.cm-tooltip': {
      border: '1px solid var(--fettle-border)',
      borderRadius: 'var(--fettle-radius-control)',
      background: 'var(--fettle-surface-raised)',
      color: 'var(--fettle-text)',
      boxShadow: 'var(--mantine-shadow-md)',
      fontSize: '12px',
      zIndex: '400',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul': {
      maxHeight: '240px',
      fontFamily: 'var(--mantine-font-family-monospace)',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px' },
    '.cm-tooltip-autocomplete ul li[aria-selected]': {
      background: 'var(--fettle-accent-soft)',
      color: 'var(--fettle-text)',
    },
    '.cm-completionDetail': { marginLeft: '8px', color: 'var(--fettle-text-dimmed)', fontStyle: 'normal' },
    '.cm-completionMatchedText': { fontWeight: '600', textDecoration: 'none' },
    '.cm-tooltip.cm-completionInfo': { maxWidth: '320px', padding: '8px' },
    '.cm-diagnostic': { padding: '4px 8px', borderLeft: '3px solid var(--fettle-danger-text)' },
    '.cm-diagnostic-warning': { borderLeftColor: 'var(--fettle-warning-text)' },
    '.cm-binding': { borderRadius: '3px', background: 'var(--fettle-accent-soft)' },
    '.cm-binding-brace': { color: 'var(--fettle-accent-text)', fontWeight: '600' },
    '.cm-binding-text': { color: 'var(--fettle-success-text)' },
    '.cm-binding-value': { color: 'var(--fettle-warning-text)' },
  });
}
