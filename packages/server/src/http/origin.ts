import type { IncomingMessage } from 'node:http';
import { notAllowed } from '@fettle/base';

/**
 * Refuses changes asked for by other sites' pages. Browsers say where a request comes from; programs without a browser
 * send neither header and have no cookies that a stranger could borrow.
 */
export function assertSameOrigin(request: IncomingMessage, publicOrigin: string | undefined): void {
  const { headers } = request;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') throw foreign();
  const { origin } = headers;
  if (origin === undefined || origin === publicOrigin) return;
  const host = headers.host;
  if (host === undefined || (origin !== `http://${host}` && origin !== `https://${host}`)) throw foreign();
}

function foreign(): Error {
  return notAllowed({
    code: 'origin.foreign',
    message: 'This request comes from another site and was refused.',
    hint: 'Open the app at its own address. Operators: behind a proxy, set FETTLE_PUBLIC_URL.',
  });
}

/** The client's address: the peer's, or what the last trusted proxy saw. */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const peer = request.socket.remoteAddress ?? 'unknown';
  if (trustedProxies === 0) return peer;
  const forwarded = request.headers['x-forwarded-for'];
  const hops = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',').map((hop) => hop.trim());
  const address = hops.at(-trustedProxies);
  return address === undefined || address === '' ? peer : address.slice(0, 60);
}
