// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { renderFresh } from '../testing/render-component.tsx';
import { Markdown } from './component.tsx';
import { markdownManifest } from './manifest.ts';
import { renderMarkdown } from './render-markdown.ts';

// The purifier needs a real browser; it is the second wall. These tests hold the first one to account.
describe('renderMarkdown', () => {
  it('draws headings, lists, tables and code', () => {
    const html = renderMarkdown('# One\n\n- a\n\n| x |\n|---|\n| 1 |\n\n`code`');
    for (const tag of ['<h1>One</h1>', '<li>a</li>', '<td>1</td>', '<code>code</code>']) expect(html).toContain(tag);
  });

  it('opens links in a new tab without handing over the page', () => {
    expect(renderMarkdown('[a](https://example.com?x=1&y=2 "Hint")')).toBe(
      '<p><a href="https://example.com?x=1&amp;y=2" title="Hint" target="_blank" rel="noopener noreferrer">a</a></p>\n',
    );
  });

  it.each([
    '<script>alert(1)</script>',
    'text <img src=x onerror=alert(1)> text',
    '<a href="javascript:alert(1)">x</a>',
    '<iframe src="https://example.com"></iframe>',
    '<form action="https://evil.example"><input name=p></form>',
    '<svg onload=alert(1)></svg>',
    '<div style="position:fixed;inset:0">x</div>',
  ])('shows the markup %s as text', (text) => {
    expect(renderMarkdown(text)).not.toMatch(/<(script|img|a|iframe|form|input|svg|div)/i);
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JavaScript:alert(1))',
    '[x](<java\tscript:alert(1)>)',
    '[x](data:text/html,x)',
    '![x](data:image/svg+xml,x)',
    '![x](javascript:alert(1))',
    '<javascript:alert(1)>',
    '[x][1]\n\n[1]: javascript:alert(1)',
  ])('drops the address of %j', (text) => {
    expect(renderMarkdown(text)).not.toMatch(/(href|src)=/);
  });

  it('keeps quotes and entities inside their attribute', () => {
    const html = renderMarkdown('![a" onerror="x](/p.png) [b](/p"onclick="x) [c](java&#9;script:x)');
    expect(html).not.toMatch(/" on(error|click)=/);
    expect(html).not.toContain('java&#9;script');
  });
});

describe('Markdown', () => {
  it('shows the text', () => {
    const view = renderFresh(Markdown, markdownManifest, { text: 'Hello\n\n- a\n- b' });
    expect(view.getAllByRole('listitem')).toHaveLength(2);
  });

  it('names the next step on the canvas when there is no text', () => {
    const view = renderFresh(Markdown, markdownManifest, { text: '' }, { mode: 'design' });
    expect(view.getByText('Write the text to show')).toBeTruthy();
  });
});
