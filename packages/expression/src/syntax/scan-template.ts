/** A piece of a setting: text, the source of a `{{ }}` (without the braces), or a `{{` that never closes. */
export type TemplatePiece =
  | { readonly kind: 'text'; readonly text: string; readonly start: number; readonly end: number }
  | { readonly kind: 'binding'; readonly start: number; readonly end: number }
  | { readonly kind: 'open'; readonly start: number };

/** True when `text` holds a `{{` that is not escaped. */
export function hasBinding(text: string): boolean {
  for (let at = text.indexOf('{{'); at !== -1; at = text.indexOf('{{', at + 2)) {
    if (text[at - 1] !== '\\' || text[at - 2] === '\\') return true;
  }
  return false;
}

/** Cuts a setting into pieces. Text pieces have their escapes resolved; empty ones are left out. */
export function scanTemplate(text: string): TemplatePiece[] {
  const pieces: TemplatePiece[] = [];
  let pending = '';
  let from = 0;
  let pendingStart = 0;
  const flush = (end: number): void => {
    if (pending !== '') pieces.push({ kind: 'text', text: pending, start: pendingStart, end });
    pending = '';
  };
  while (from < text.length) {
    const open = text.indexOf('{{', from);
    if (open === -1) break;
    const isEscaped = open > from && text[open - 1] === '\\';
    const isDoubled = isEscaped && open - 1 > from && text[open - 2] === '\\';
    if (isEscaped && !isDoubled) {
      pending += `${text.slice(from, open - 1)}{{`;
      from = open + 2;
      continue;
    }
    pending += text.slice(from, isDoubled ? open - 1 : open);
    flush(open);
    const close = findClose(text, open + 2);
    if (close === undefined) return [...pieces, { kind: 'open', start: open }];
    pieces.push({ kind: 'binding', start: open + 2, end: close });
    from = close + 2;
    pendingStart = from;
  }
  pending += text.slice(from);
  flush(text.length);
  return pieces;
}

/** Where the `}}` stands that closes a binding: braces, strings, backtick texts and comments are skipped. */
function findClose(text: string, from: number): number | undefined {
  const open: ('{' | '${' | '`')[] = [];
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (open.at(-1) === '`') {
      if (character === '\\') at += 1;
      else if (character === '`') open.pop();
      else if (character === '$' && text[at + 1] === '{') {
        open.push('${');
        at += 1;
      }
    } else if (character === '"' || character === "'") {
      at = skipString(text, at);
    } else if (character === '/' && (text[at + 1] === '*' || text[at + 1] === '/')) {
      at = skipComment(text, at);
    } else if (character === '`') {
      open.push('`');
    } else if (character === '{') {
      open.push('{');
    } else if (character === '}') {
      if (open.length === 0 && text[at + 1] === '}') return at;
      open.pop();
    }
  }
  return undefined;
}

/** The closing quote; a quote that its line does not close counts as a character, so that the error stays near. */
function skipString(text: string, from: number): number {
  for (let at = from + 1; at < text.length && text[at] !== '\n'; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === text[from]) return at;
  }
  return from;
}

function skipComment(text: string, from: number): number {
  const isBlock = text[from + 1] === '*';
  const end = text.indexOf(isBlock ? '*/' : '\n', from + 2);
  return end === -1 ? text.length : end + (isBlock ? 1 : 0);
}
