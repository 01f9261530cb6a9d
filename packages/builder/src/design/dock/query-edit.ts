import { createShortId, isName, uniqueName } from '@fettle/base';
import type { Parameter, Query } from '@fettle/definition';
import type { Command } from '@fettle/edit';
import type { QueryResult } from '@fettle/sdk';
import { rowColumnOptions } from '../editors/data/column-options.ts';

/** What members of a query an edit changes. */
export type QueryChanges = Extract<Command, { type: 'query.update' }>['changes'];

/** A type of a parameter. */
export type ParameterType = Parameter['type'];

/** A new query under a free name. */
export function newQuery(queries: readonly Query[], dataSource: string, kind: string): Query {
  return {
    id: createShortId('qry'),
    name: freeName('query', queries),
    dataSource,
    kind,
    settings: {},
    parameters: [],
    mode: 'read',
    run: 'load',
  };
}

/** A copy of a query under a free name. */
export function copyQuery(query: Query, queries: readonly Query[]): Query {
  return { ...structuredClone(query), id: createShortId('qry'), name: freeName(query.name, queries) };
}

function freeName(name: string, queries: readonly Query[]): string {
  return uniqueName(name, (candidate) => queries.some((query) => query.name.toLowerCase() === candidate.toLowerCase()));
}

/** The parameters with one more under a free name. */
export function addParameter(parameters: readonly Parameter[], name?: string): Parameter[] {
  const free = uniqueName(name ?? 'value', (candidate) => parameters.some((parameter) => parameter.name === candidate));
  return [...parameters, { name: free, type: 'text' }];
}

/** The parameters with one changed; a member of `undefined` is taken away. */
export function changeParameter(
  parameters: readonly Parameter[],
  index: number,
  changes: { readonly [K in keyof Parameter]?: Parameter[K] | undefined },
): Parameter[] {
  return parameters.map((parameter, at) => {
    if (at !== index) return parameter;
    return Object.fromEntries(
      Object.entries({ ...parameter, ...changes }).filter(([, value]) => value !== undefined),
    ) as Parameter;
  });
}

/** Why a parameter cannot have this name; undefined when it can. */
export function complainAboutParameter(
  parameters: readonly Parameter[],
  index: number,
  name: string,
): string | undefined {
  if (!isName(name)) return 'Letters, digits and _; a letter first.';
  return parameters.some((parameter, at) => at !== index && parameter.name === name)
    ? 'This name is taken.'
    : undefined;
}

/** Names that the bindings of a query use and that are no parameters yet. */
export function missingParameters(query: Query): readonly string[] {
  const known = new Set([...query.parameters.map(({ name }) => name), 'user', 'parameters', 'params']);
  const found = new Set<string>();
  for (const match of JSON.stringify(query.settings).matchAll(/\{\{\s*([A-Za-z_]\w*)\s*\}\}/g)) {
    const [, name = ''] = match;
    if (isName(name) && !known.has(name)) found.add(name);
  }
  return [...found];
}

/** The columns of a result, as the query keeps them for completion and checks; undefined when it has none. */
export function resultColumns(result: Pick<QueryResult, 'columns' | 'data'>): NonNullable<Query['result']> | undefined {
  const columns = result.columns ?? rowColumnOptions(result.data).map(({ value, type }) => ({ name: value, type }));
  return columns.length === 0 ? undefined : columns.slice(0, 1000).map(({ name, type }) => ({ name, type }));
}

/** The values to run with: those given, without the empty ones, so that defaults hold. */
export function runValues(query: Query, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    query.parameters.flatMap(({ name }) =>
      values[name] === undefined || values[name] === '' ? [] : [[name, values[name]] as const],
    ),
  );
}
