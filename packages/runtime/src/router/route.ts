import { textOf } from '../state/text-of.ts';

/** A place in an app: one of its screens with the values from its address. */
export interface RouteMatch {
  readonly screen: string;
  readonly params: Readonly<Record<string, string>>;
}

/** A screen's id and route, e.g. `/tickets/:id`. */
export interface RouteEntry {
  readonly screen: string;
  readonly route: string;
}

/** Finds the screen for a path. Fixed parts win over parameters, from left to right. */
export function matchRoute(routes: readonly RouteEntry[], path: string): RouteMatch | undefined {
  const parts = splitPath(path);
  let best: { readonly match: RouteMatch; readonly rank: string } | undefined;
  for (const { screen, route } of routes) {
    const pattern = splitPath(route);
    const params = matchParts(pattern, parts);
    if (params === undefined) continue;
    const rank = pattern.map((part) => (part.startsWith(':') ? '1' : '0')).join('');
    if (best === undefined || rank < best.rank) best = { match: { screen, params }, rank };
  }
  return best?.match;
}

/** Makes the path of a route. Parameters that the route does not name become the query; absent ones are left out. */
export function buildPath(route: string, params: Readonly<Record<string, unknown>> = {}): string {
  const rest = new Map(Object.entries(params).filter(([, value]) => value !== undefined && value !== null));
  const path = splitPath(route).map((part) => {
    if (!part.startsWith(':')) return part;
    const name = part.slice(1);
    const value = textOf(rest.get(name));
    rest.delete(name);
    // An empty part would make another route of it.
    return value === '' ? '-' : encodeURIComponent(value);
  });
  const query = new URLSearchParams([...rest].map(([name, value]) => [name, textOf(value)])).toString();
  return `/${path.join('/')}${query === '' ? '' : `?${query}`}`;
}

/** The query of an address as an object; of repeated names the last one counts. */
export function parseQuery(search: string): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(search));
}

/** The path below a base path; undefined when the address lies outside of it. */
export function pathBelow(base: string, path: string): string | undefined {
  const prefix = base.replace(/\/+$/, '');
  if (path === prefix) return '/';
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
}

const allowedSchemes: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:', 'sms:']);

/** True for addresses a link may lead to: pages and mail, never scripts. Read the way a browser reads them. */
export function isSafeUrl(url: string): boolean {
  try {
    return allowedSchemes.has(new URL(url, 'https://relative.invalid').protocol);
  } catch {
    return false;
  }
}

function splitPath(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}

function matchParts(
  pattern: readonly string[],
  parts: readonly string[],
): Readonly<Record<string, string>> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const given = parts[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decode(given);
    else if (part !== given) return undefined;
  }
  return params;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
