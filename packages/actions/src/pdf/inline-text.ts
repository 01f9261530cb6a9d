import type { MarkedToken, Token, Tokens } from 'marked';

/** A node of the library's document. */
export type PdfNode = Readonly<Record<string, unknown>>;

/**
 * Markdown within a line as texts of a document, each with all of its looks: the library does not hand them down. HTML
 * is shown, not used.
 */
export function inlineText(tokens: readonly Token[] | undefined, look: PdfNode = {}): readonly PdfNode[] {
  return (tokens ?? []).flatMap((given): readonly PdfNode[] => {
    const token = given as MarkedToken;
    switch (token.type) {
      case 'strong':
        return inlineText(token.tokens, { ...look, bold: true });
      case 'em':
        return inlineText(token.tokens, { ...look, italics: true });
      case 'del':
        return inlineText(token.tokens, { ...look, decoration: 'lineThrough' });
      case 'link':
        return inlineText(token.tokens, { ...look, ...linkOf(token) });
      case 'codespan':
        return [{ ...look, text: token.text, background: '#f1f3f5' }];
      case 'br':
        return [{ text: '\n' }];
      case 'escape':
      case 'html':
        return [{ ...look, text: token.text }];
      case 'text':
        return token.tokens === undefined ? [{ ...look, text: token.text }] : inlineText(token.tokens, look);
      default:
        return [{ ...look, text: token.raw }];
    }
  });
}

function linkOf({ href }: Tokens.Link): PdfNode {
  return /^(?:https?|mailto|tel):/i.test(href) ? { link: href, color: '#1864ab' } : {};
}
