import { Marked } from 'marked';
import { safeResourceUrl, safeUrl } from '../safe-url.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const marked = new Marked({
  gfm: true,
  breaks: true,
  async: false,
  renderer: {
    // Markup in the text is shown as it was typed. What Markdown cannot say, a text of an app need not say.
    html({ text }) {
      return escapeHtml(text);
    },
    link({ href, title, tokens }) {
      const content = this.parser.parseInline(tokens);
      const url = safeUrl(href);
      if (url === undefined) return content;
      const hint = title === undefined || title === null ? '' : ` title="${escapeHtml(title)}"`;
      return `<a href="${escapeHtml(url)}"${hint} target="_blank" rel="noopener noreferrer">${content}</a>`;
    },
    image({ href, text }) {
      const url = safeResourceUrl(href);
      return url === undefined
        ? escapeHtml(text)
        : `<img src="${escapeHtml(url)}" alt="${escapeHtml(text)}" loading="lazy">`;
    },
  },
});

/** Markdown as HTML in which no markup or unsafe address of the author is left: the first of two walls. */
export function renderMarkdown(text: string): string {
  return marked.parse(text) as string;
}
