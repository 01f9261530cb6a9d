import { runOrigins, runStates, type FlowRunHead, type RunOrigin } from '@fettle/contract';

/** Which runs are listed. Kept in the address of the page. */
export interface RunsFilter {
  /** Those of every flow of the app. */
  readonly isAll?: boolean;
  readonly state?: FlowRunHead['state'];
  readonly environment?: 'development' | 'production';
  readonly origin?: RunOrigin;
  readonly actor?: string;
  readonly text?: string;
  /** Started in the last so many milliseconds. */
  readonly lastMs?: number;
  /** Started in this time, milliseconds since 1970. */
  readonly after?: number;
  readonly before?: number;
  /** How long it took, in milliseconds. */
  readonly minMs?: number;
  readonly maxMs?: number;
}

const environments = ['development', 'production'] as const;
const texts = ['actor', 'text'] as const;
const numbers = ['lastMs', 'after', 'before', 'minMs', 'maxMs'] as const;

/** The filter as the part of an address behind its question mark; empty for no filter. */
export function searchOfFilter(filter: RunsFilter): URLSearchParams {
  const search = new URLSearchParams();
  if (filter.isAll === true) search.set('flows', 'all');
  for (const name of ['state', 'environment', 'origin', ...texts, ...numbers] as const) {
    const value = filter[name];
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  return search;
}

/** The filter in an address. What is not understood is left out. */
export function filterOfSearch(search: URLSearchParams): RunsFilter {
  const oneOf = <T extends string>(name: string, known: readonly T[]): T | undefined =>
    known.find((one) => one === search.get(name));
  const found: Record<string, unknown> = {
    isAll: search.get('flows') === 'all' ? true : undefined,
    state: oneOf('state', runStates),
    environment: oneOf('environment', environments),
    origin: oneOf('origin', runOrigins),
  };
  for (const name of texts) found[name] = search.get(name)?.slice(0, 200) || undefined;
  for (const name of numbers) {
    const value = search.get(name);
    if (value !== null && /^\d{1,15}$/.test(value)) found[name] = Number(value);
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** How many of its parts narrow the list, beside those that are always in sight. */
export function countOfFilter({ isAll: _isAll, state: _state, text: _text, ...rest }: RunsFilter): number {
  const { after, before, minMs, maxMs, ...single } = rest;
  const pairs = [
    [after, before],
    [minMs, maxMs],
  ].filter((pair) => pair.some((value) => value !== undefined));
  return Object.values(single).filter((value) => value !== undefined && value !== '').length + pairs.length;
}
