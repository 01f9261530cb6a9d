import createDOMPurify, { type DOMPurify } from 'dompurify';
import { renderMarkdown } from './render-markdown.ts';

const allowedTags =
  'h1 h2 h3 h4 h5 h6 p br hr blockquote pre code strong em del ul ol li input table thead tbody tr th td a img'.split(
    ' ',
  );
// `input` is the box of a task list; its attributes leave it nothing else to be.
const allowedAttributes = [
  'href',
  'title',
  'src',
  'alt',
  'align',
  'start',
  'target',
  'rel',
  'loading',
  'type',
  'checked',
  'disabled',
];

let purifier: DOMPurify | undefined;

/** Markdown as HTML that is safe to put into the page: rendered without foreign markup, then purified as well. */
export function markdownToHtml(text: string): string {
  // An instance of its own: its settings must not meet those of others.
  purifier ??= createDOMPurify(window);
  return purifier.sanitize(renderMarkdown(text), {
    ALLOWED_TAGS: allowedTags,
    ALLOWED_ATTR: allowedAttributes,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
}
