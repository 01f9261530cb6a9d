import type { DependencyPath } from './expression.ts';
import type { Occurrence, Segment } from './convert.ts';
import { analyse } from './parse-expression.ts';
import { scanTemplate } from './scan-template.ts';

/** Says what a path is called now, or `undefined` to leave it. The answer has as many names as the path. */
export type Rename = (path: DependencyPath) => DependencyPath | undefined;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const identifier = /^[A-Za-z_$][\w$]*$/;

/**
 * Renames what an expression reads and keeps everything else byte for byte. `rename` is asked for every
 * static path and its prefixes, the longest first; the first answer counts. A source that does not parse
 * is returned unchanged.
 */
export function rewriteExpression(source: string, rename: Rename): string {
  const analysis = analyse(source);
  if (!analysis.ok) return source;
  const edits = analysis.value.occurrences.flatMap((occurrence) => editsOf(source, occurrence, rename));
  return applyEdits(source, edits);
}

/** {@link rewriteExpression} for every `{{ }}` of a setting; bindings that do not parse stay as they are. */
export function rewriteTemplate(text: string, rename: Rename): string {
  const edits = scanTemplate(text).flatMap((piece): Edit[] => {
    if (piece.kind !== 'binding') return [];
    const { start, end } = piece;
    return [{ start, end, text: rewriteExpression(text.slice(start, end), rename) }];
  });
  return applyEdits(text, edits);
}

/** Renames one name of the scope, e.g. a state variable's root name. */
export function renameIdentifier(source: string, from: string, to: string): string {
  return rewriteExpression(source, (path) => (path.length === 1 && path[0] === from ? [to] : undefined));
}

function editsOf(source: string, { segments, locals }: Occurrence, rename: Rename): Edit[] {
  const path = segments.map((segment) => segment.name);
  for (let length = path.length; length > 0; length -= 1) {
    const renamed = rename(path.slice(0, length));
    if (renamed === undefined) continue;
    if (renamed.length !== length) return [];
    return segments.slice(0, length).flatMap((segment, index) => {
      const name = renamed[index] ?? segment.name;
      // A new root name that an arrow parameter hides here would change what is meant.
      if (name === segment.name || (index === 0 && (locals.has(name) || !identifier.test(name)))) return [];
      return editOf(source, segment, name);
    });
  }
  return [];
}

function editOf(source: string, segment: Segment, name: string): Edit {
  const { start, end } = segment;
  switch (segment.spelling) {
    case 'shorthand':
      return { start, end, text: `${segment.name}: ${name}` };
    case 'text':
      return { start, end, text: quote(source[start] ?? '"', name) };
    default:
      return identifier.test(name) ? { start, end, text: name } : bracketed(source, segment, name);
  }
}

/** `.name` becomes `["new name"]`, `?.name` becomes `?.["new name"]`. */
function bracketed(source: string, { start, end }: Segment, name: string): Edit {
  const dot = source.lastIndexOf('.', start);
  const isOptional = source[dot - 1] === '?';
  return { start: isOptional ? dot + 1 : dot, end, text: `[${JSON.stringify(name)}]` };
}

function quote(mark: string, name: string): string {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`).replaceAll('\n', '\\n');
  return mark + (mark === '`' ? escaped.replaceAll('${', '\\${') : escaped) + mark;
}

function applyEdits(source: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start)) {
    result += source.slice(from, start) + text;
    from = end;
  }
  return result + source.slice(from);
}
