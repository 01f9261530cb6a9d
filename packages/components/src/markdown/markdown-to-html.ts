import createDOMPurify, { type DOMPurify } from 'dompurify';
import { Marked } from 'marked';
import { safeResourceUrl, safeUrl } from '../safe-url.ts';

const allowedTags = [
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'blockquote', 'pre', 'code', 'kbd', 'samp'],
  ...['strong', 'b', 'em', 'i', 'u', 's', 'del', 'ins', 'mark', 'small', 'sub', 'sup', 'abbr'],
  ...['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'details', 'summary'],
  ...['table', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'caption', 'a', 'img', 'figure', 'figcaption', 'span', 'div'],
];
const allowedAttributes = ['href', 'title', 'src', 'alt', 'width', 'height', 'align', 'start', 'colspan', 'rowspan', 'open'];

const marked = new Marked({ gfm: true, breaks: true, async: false });
let purifier: DOMPurify | undefined;

/** Turns Markdown into HTML that is safe to put into the page. */
export function markdownToHtml(text: string): string {
  purifier ??= createPurifier();
  return purifier.sanitize(marked.parse(text) as string, {
    ALLOWED_TAGS: allowedTags,
    ALLOWED_ATTR: allowedAttributes,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
}

function createPurifier(): DOMPurify {
  // An instance of its own: its hook must not change how others purify.
  const instance = createDOMPurify(window);
  instance.addHook('afterSanitizeAttributes', (node) => {
    if (node.hasAttribute('href') && safeUrl(node.getAttribute('href')) === undefined) node.removeAttribute('href');
    if (node.hasAttribute('src') && safeResourceUrl(node.getAttribute('src')) === undefined) node.remove();
    if (node.nodeName === 'A') {
      node.setAttribute('target', '_blank');
      node.setAttribute('rel', 'noopener noreferrer');
    }
    if (node.nodeName === 'IMG') node.setAttribute('loading', 'lazy');
  });
  return instance;
}
