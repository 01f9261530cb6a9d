import { isJsonObject, type Json } from '@fettle/base';
import { parameterTypes, type Parameter } from '@fettle/definition';
import type { RouteInput, routes } from '@fettle/contract';

type TryBody = RouteInput<typeof routes.dataSources.tryQuery>['body'];
/** The type of a parameter. */
export type ParameterType = Parameter['type'];

/** A parameter with the value it is tried with. */
export interface ParameterDraft {
  readonly name: string;
  readonly type: ParameterType;
  readonly isRequired: boolean;
  /** As typed. */
  readonly test: string;
}

/** A query as it is being written. */
export interface QueryDraft {
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly parameters: readonly ParameterDraft[];
  readonly mode: 'read' | 'write';
}

/** The types in words. */
export const parameterLabels: Readonly<Record<ParameterType, string>> = {
  text: 'Text',
  integer: 'Whole number',
  number: 'Number',
  decimal: 'Decimal',
  boolean: 'Yes or no',
  date: 'Date',
  timestamp: 'Instant',
  json: 'JSON',
  list: 'List',
};

/** The request that tries a query. Without a test value a parameter is left out: it is null then. */
export function tryRequest(draft: QueryDraft): TryBody {
  const named = draft.parameters.filter(({ name }) => name !== '');
  const values = named.flatMap((parameter) => {
    const value = testValue(parameter);
    return value === undefined ? [] : [[parameter.name, value] as const];
  });
  return {
    kind: draft.kind,
    settings: { ...draft.settings },
    mode: draft.mode,
    definitions: named.map(({ name, type, isRequired }) => ({ name, type, ...(isRequired ? { required: true } : {}) })),
    parameters: Object.fromEntries(values),
  };
}

function testValue({ type, test }: ParameterDraft): Json | undefined {
  if (test === '') return undefined;
  if (type === 'list') return readJson(test) ?? test.split(',').map((item) => item.trim());
  return type === 'json' ? (readJson(test) ?? test) : type === 'timestamp' ? instantOf(test) : test;
}

/** An instant with its zone; what has none is meant in the reader's own. */
function instantOf(text: string): string {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? text : moment.toISOString();
}

function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const binding = /\{\{\s*(?:params\.)?([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;

/** Names used in `{{ }}` that are no parameters yet. */
export function missingParameters(draft: Pick<QueryDraft, 'settings' | 'parameters'>): readonly string[] {
  const known = new Set(['user', ...draft.parameters.map(({ name }) => name)]);
  const found = new Set<string>();
  for (const text of textsOf(draft.settings)) for (const match of text.matchAll(binding)) found.add(match[1] ?? '');
  return [...found].filter((name) => !known.has(name));
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isJsonObject(value) ? Object.values(value).flatMap(textsOf) : [];
}

const writing = /^\s*(insert|update|delete|merge|replace|create|alter|drop|truncate|grant|revoke)\b/i;

/** True when the query looks as if it wrote although it says that it reads. */
export function looksLikeWrite(draft: QueryDraft): boolean {
  const { sql, method } = draft.settings;
  if (typeof sql === 'string') return writing.test(sql.replace(/^\s*(--[^\n]*\n|\/\*[\s\S]*?\*\/)*/, ''));
  return typeof method === 'string' && !['GET', 'HEAD'].includes(method);
}

/** A stored draft as it can be used now; undefined when it does not fit. */
export function restoreDraft(value: unknown, kinds: readonly string[]): QueryDraft | undefined {
  if (!isJsonObject(value)) return undefined;
  const { kind, settings, parameters, mode } = value as Record<string, unknown>;
  if (typeof kind !== 'string' || !kinds.includes(kind) || !isJsonObject(settings) || !Array.isArray(parameters))
    return undefined;
  const isParameter = (entry: unknown): entry is ParameterDraft =>
    isJsonObject(entry) &&
    typeof entry['name'] === 'string' &&
    typeof entry['test'] === 'string' &&
    (parameterTypes as readonly unknown[]).includes(entry['type']);
  return { kind, settings, parameters: parameters.filter(isParameter), mode: mode === 'write' ? 'write' : 'read' };
}
