import { inputError, type Json } from '@fettle/base';

/** How one column of a table is shown. */
export interface TableColumn {
  readonly name: string;
  readonly title: string | undefined;
  readonly align: 'left' | 'right' | 'center' | undefined;
}

/** A line of a template that stands for more than text. */
export type Placeholder =
  | { readonly kind: 'table'; readonly list: string; readonly columns: readonly TableColumn[] }
  | { readonly kind: 'pageBreak' };

const linePattern = /^\[\[(.+)\]\]$/s;
const alignments = new Set(['left', 'right', 'center']);

/**
 * What a paragraph stands for: `[[table items]]`, with columns as in `[[table items | name "Article" | price right]]`, or
 * `[[page break]]`. Undefined when it is text.
 */
export function placeholderOf(text: string): Placeholder | undefined {
  const inside = linePattern.exec(text.trim())?.[1];
  if (inside === undefined) return undefined;
  const [head = '', ...columns] = inside.split('|').map((part) => part.trim());
  if (/^page break$/i.test(head)) return { kind: 'pageBreak' };
  const list = /^table\s+(\S+)$/i.exec(head)?.[1];
  if (list === undefined) throw unknownPlaceholder(text);
  return { kind: 'table', list, columns: columns.map(columnOf) };
}

function columnOf(text: string): TableColumn {
  const title = /"([^"]*)"/.exec(text)?.[1];
  const [name = '', ...words] = text
    .replace(/"[^"]*"/, '')
    .trim()
    .split(/\s+/);
  const align = words.find((word) => alignments.has(word)) as TableColumn['align'];
  if (name === '' || words.some((word) => !alignments.has(word))) throw unknownPlaceholder(`[[table … | ${text}]]`);
  return { name, title, align };
}

/** Text with the numbers of a page in place of `[[page]]` and `[[pages]]`. */
export function withPageNumbers(text: string, page: number, pages: number): string {
  return text.replaceAll('[[page]]', String(page)).replaceAll('[[pages]]', String(pages));
}

/** A value as it stands in a cell. */
export function cellText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function unknownPlaceholder(text: string) {
  return inputError({
    code: 'pdf.placeholder-unknown',
    message: `The template has a line that means nothing: ${text.slice(0, 100)}`,
    hint: 'Write [[table items]], [[table items | name "Article" | price right]] or [[page break]].',
  });
}
