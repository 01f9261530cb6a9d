import { AppError, inputError, isJsonObject, labelFromName, type Json } from '@fettle/base';
import { marked, type MarkedToken, type Token, type Tokens } from 'marked';
import { inlineText, type PdfNode } from './inline-text.ts';
import { cellText, placeholderOf, type Placeholder } from './template.ts';

/** What a template's names stand for. */
export interface TemplateValues {
  readonly lists: Readonly<Record<string, readonly Json[]>>;
  /** Pictures as data URLs. */
  readonly images: Readonly<Record<string, string>>;
  /** Width between the margins, in points. */
  readonly width: number;
}

const maxCells = 60_000;
const headingSizes = [20, 16, 13, 11, 10, 10];
const grey = '#5c6670';

/** Markdown as nodes of a document: headings, text, lists, quotes, code, tables, pictures, and tables over rows. */
export function contentOf(markdown: string, values: TemplateValues): readonly PdfNode[] {
  return blocksOf(marked.lexer(markdown), { ...values, cells: { left: maxCells } });
}

interface Place extends TemplateValues {
  readonly cells: { left: number };
}

function blocksOf(tokens: readonly Token[], place: Place): readonly PdfNode[] {
  return tokens.flatMap((token) => blockOf(token, place));
}

function blockOf(given: Token, place: Place): readonly PdfNode[] {
  const token = given as MarkedToken;
  switch (token.type) {
    case 'heading': {
      const fontSize = headingSizes[token.depth - 1] ?? 10;
      return [
        {
          text: inlineText(token.tokens),
          fontSize,
          bold: true,
          margin: [0, fontSize * 0.6, 0, fontSize * 0.35],
          headlineLevel: token.depth,
        },
      ];
    }
    case 'paragraph':
      return paragraphOf(token, place);
    case 'text':
      return [{ text: inlineText(token.tokens ?? [token]), margin: [0, 0, 0, 2] }];
    case 'list': {
      const items = token.items.map((item) => ({ stack: blocksOf(item.tokens, place) }));
      const start = typeof token.start === 'number' ? { start: token.start } : {};
      return [{ [token.ordered ? 'ol' : 'ul']: items, ...start, margin: [0, 0, 0, 6] }];
    }
    case 'blockquote':
      return [{ stack: blocksOf(token.tokens, place), margin: [12, 0, 0, 6], color: grey, italics: true }];
    case 'code':
      return [
        { text: token.text, preserveLeadingSpaces: true, background: '#f1f3f5', fontSize: 9, margin: [0, 0, 0, 8] },
      ];
    case 'hr':
      return [
        {
          canvas: [{ type: 'line', x1: 0, y1: 0, x2: place.width, y2: 0, lineWidth: 0.5, lineColor: '#adb5bd' }],
          margin: [0, 6, 0, 8],
        },
      ];
    case 'table': {
      const alignment = (index: number): object => ({ alignment: token.align[index] ?? 'left' });
      const head = token.header.map((cell, index) => ({
        text: inlineText(cell.tokens),
        bold: true,
        ...alignment(index),
      }));
      const rows = token.rows.map((row) =>
        row.map((cell, index) => ({ text: inlineText(cell.tokens), ...alignment(index) })),
      );
      return [tableOf([head, ...rows], place)];
    }
    case 'html':
      return [{ text: token.text.trim(), margin: [0, 0, 0, 6] }];
    default:
      return [];
  }
}

function paragraphOf(token: Tokens.Paragraph, place: Place): readonly PdfNode[] {
  const placeholder = placeholderOf(token.raw);
  if (placeholder !== undefined) return [placed(placeholder, place)];
  const nodes: PdfNode[] = [];
  let text: Token[] = [];
  const endText = (): void => {
    if (text.length > 0) nodes.push({ text: inlineText(text), margin: [0, 0, 0, 6] });
    text = [];
  };
  for (const part of token.tokens) {
    if (part.type !== 'image') {
      text.push(part);
      continue;
    }
    endText();
    nodes.push(imageOf(part as Tokens.Image, place));
  }
  endText();
  return nodes;
}

function placed(placeholder: Placeholder, place: Place): PdfNode {
  if (placeholder.kind === 'pageBreak') return { text: '', pageBreak: 'after' };
  const rows = place.lists[placeholder.list];
  if (rows === undefined) throw unknownName(placeholder.list, Object.keys(place.lists));
  const objects = rows.map((row) => (isJsonObject(row) ? row : { value: row }));
  const columns =
    placeholder.columns.length > 0
      ? placeholder.columns
      : [...new Set(objects.slice(0, 100).flatMap((row) => Object.keys(row)))].map((name) => ({
          name,
          title: undefined,
          align: undefined,
        }));
  if (columns.length === 0) return { text: '' };
  const alignments = columns.map(
    ({ name, align }) =>
      align ?? (objects.length > 0 && objects.every((row) => typeof (row[name] ?? 0) === 'number') ? 'right' : 'left'),
  );
  const head = columns.map(({ name, title }, index) => ({
    text: title ?? labelFromName(name),
    bold: true,
    alignment: alignments[index],
  }));
  const body = objects.map((row) =>
    columns.map(({ name }, index) => ({ text: cellText(row[name]), alignment: alignments[index] })),
  );
  return tableOf([head, ...body], place);
}

/** A table whose first row is repeated on every page. */
function tableOf(body: readonly (readonly PdfNode[])[], place: Place): PdfNode {
  const width = body[0]?.length ?? 0;
  place.cells.left -= body.length * width;
  if (place.cells.left < 0) throw tooManyCells();
  return {
    layout: 'lightHorizontalLines',
    fontSize: 9,
    margin: [0, 2, 0, 10],
    table: { headerRows: 1, dontBreakRows: true, keepWithHeaderRows: 1, widths: widthsOf(body), body },
  };
}

/** Narrow columns take what they need, long texts share the rest. */
function widthsOf(body: readonly (readonly PdfNode[])[]): readonly string[] {
  const shown = body.slice(0, 200);
  const longest = (body[0] ?? []).map((_, index) =>
    shown.reduce((most, row) => Math.max(most, JSON.stringify(row[index]?.['text'] ?? '').length), 0),
  );
  const isWide = longest.map((length) => length > 18);
  return isWide.some(Boolean) ? isWide.map((wide) => (wide ? '*' : 'auto')) : longest.map(() => '*');
}

function imageOf({ href, title }: Tokens.Image, place: Place): PdfNode {
  const image = place.images[href];
  if (image === undefined) throw unknownName(href, Object.keys(place.images));
  const width = Number(/width=(\d{1,4})/.exec(title ?? '')?.[1] ?? Number.NaN);
  const size = Number.isNaN(width) ? { fit: [place.width, 400] } : { width: Math.min(width, place.width) };
  return { image, ...size, margin: [0, 2, 0, 8] };
}

function unknownName(name: string, known: readonly string[]) {
  return inputError({
    code: 'pdf.name-unknown',
    message: `The template uses "${name.slice(0, 100)}", which is not among the lists and pictures of the step.`,
    hint: known.length === 0 ? 'Add it there.' : `Add it there, or use one of these: ${known.slice(0, 20).join(', ')}.`,
  });
}

function tooManyCells(): AppError {
  return new AppError('too-large', {
    code: 'pdf.too-large',
    message: `The document would have more than ${maxCells} cells of tables.`,
    hint: 'Show fewer rows, or write a spreadsheet.',
  });
}
