import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants, createGzip } from 'node:zlib';
import { bug } from '@fettle/base';
import { noncePlaceholder } from '../page-nonce.ts';
import type { SecurityHeaders } from '../security-headers.ts';
import type { FirstScreen } from './first-screens.ts';
import { viewText } from './view-hints.ts';

/**
 * Sends the page of a published app: its head at once, so that the browser fetches scripts and styles meanwhile, then
 * the rendered screen and the data it was rendered with.
 */
export async function sendAppPage(
  request: IncomingMessage,
  response: ServerResponse,
  page: { readonly html: string; readonly first: FirstScreen; readonly headers: SecurityHeaders },
): Promise<void> {
  const { first } = page;
  const nonce = randomBytes(18).toString('base64');
  const [head, tail] = splitPage(page.html.replaceAll(noncePlaceholder, nonce), first);
  const isCompressed = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  response.writeHead(200, {
    ...page.headers.page(nonce),
    'Content-Type': 'text/html; charset=utf-8',
    ...(isCompressed ? { 'Content-Encoding': 'gzip' } : {}),
  });
  const body = isCompressed ? createGzip({ level: 3 }) : response;
  if (body !== response) body.pipe(response);
  body.write(head);
  if (body !== response) (body as ReturnType<typeof createGzip>).flush(constants.Z_SYNC_FLUSH);
  const { html, data } = await first.finish();
  // Nothing in it can be used before the scripts are there: what is typed or pressed meanwhile would be lost.
  const screen = html === undefined ? '' : `<div inert style="display:contents">${html}</div>`;
  body.end(`${screen}</div><script type="application/json" id="fettle-first-screen">${inert(data)}</script>${tail}`);
}

const opening = '<div id="root">';
const closing = '</div>';

function splitPage(html: string, { name, scheme, hints }: FirstScreen): readonly [string, string] {
  const at = html.indexOf(opening + closing);
  if (at === -1) throw bug('The page of apps has no empty #root.');
  const fixed = scheme === undefined ? '' : ` data-mantine-color-scheme="${scheme}"`;
  const head = html
    .slice(0, at + opening.length)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeText(name)}</title>`)
    .replace('<html', () => `<html data-fettle-view="${viewText(hints)}"${fixed}`);
  return [head, html.slice(at + opening.length + closing.length)];
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** JSON that no parser of HTML can take for the end of its element. */
function inert(json: string): string {
  return json.replaceAll('<', '\\u003c');
}
