import { inputError, isJsonObject, type Json } from '@fettle/base';
import {
  compileExpression,
  createScope,
  EvaluationError,
  loadLibrary,
  parseTemplate,
  type Expression,
  type FunctionLibrary,
  type Scope,
} from '@fettle/expression';
import type { QueryRequest } from '@fettle/sdk';
import type { ConnectorContext } from '@fettle/sdk/server';
import { httpMethods } from './manifest.ts';

/** A request ready to be sent. */
export interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a query's expressions can use. */
export interface QueryNames {
  readonly scope: Scope;
  readonly functions: FunctionLibrary | undefined;
}

/** The names of a query's expressions: its parameters, also as `params`, what the caller adds, and `more`. */
export function queryNames(request: QueryRequest, more: Readonly<Record<string, unknown>> = {}): QueryNames {
  const { parameters } = request;
  return {
    scope: createScope({ ...request.scope, ...parameters, params: parameters, parameters, ...more }),
    functions: loadLibrary(request.functions),
  };
}

/** Builds the request of a query. The origin is the data source's; nothing bound can change it. */
export function buildRequest(
  request: QueryRequest,
  context: Pick<ConnectorContext, 'settings' | 'secrets'>,
): HttpRequest {
  const { settings } = request;
  const names = queryNames(request);
  const method = String(settings['method'] ?? 'GET').toUpperCase();
  if (!(httpMethods as readonly string[]).includes(method))
    throw refuse('/settings/method', `"${method}" is no method that can be used.`);
  const url = resolveUrl(context, fillPath(String(settings['path'] ?? '/'), names));
  for (const { name, value } of pairs(settings['query'])) {
    const filled = fillValue(value, names, '/settings/query');
    for (const item of Array.isArray(filled) ? (filled as readonly unknown[]) : [filled]) {
      if (item !== null) url.searchParams.append(name, toText(item));
    }
  }
  const headers = new Headers({ accept: 'application/json, text/plain;q=0.9, */*;q=0.5' });
  for (const { name, value } of pairs(context.settings['headers'])) setHeader(headers, name, value);
  for (const { name, value } of pairs(settings['headers']))
    setHeader(headers, name, toText(fillValue(value, names, '/settings/headers')));
  const body = buildBody(settings, names, headers);
  authenticate(context, headers, url);
  return {
    url: url.href,
    method,
    headers: Object.fromEntries(headers),
    ...(body === undefined || method === 'GET' || method === 'HEAD' ? {} : { body }),
  };
}

/** The address of a path below the base URL; one that leads elsewhere is refused. */
export function resolveUrl(context: Pick<ConnectorContext, 'settings'>, path: string): URL {
  const base = parseBase(String(context.settings['baseUrl'] ?? ''));
  const prefix = base.pathname.replace(/\/+$/, '');
  const url = new URL(
    `${base.origin}${prefix}${path.startsWith('/') || path === '' || path.startsWith('?') ? '' : '/'}${path}`,
  );
  for (const [name, value] of base.searchParams) if (!url.searchParams.has(name)) url.searchParams.append(name, value);
  url.hash = '';
  const isBelow = url.pathname === prefix || url.pathname.startsWith(`${prefix}/`);
  if (url.origin === base.origin && isBelow && url.username === '' && url.password === '') return url;
  throw refuse('/settings/path', 'The path leads out of the base URL.');
}

function parseBase(text: string): URL {
  const base = URL.parse(text);
  if (base !== null) return base;
  throw inputError({
    code: 'data.address-invalid',
    message: 'The base URL is no web address.',
    hint: 'For example: https://api.example.com/v1',
    problems: [{ path: '/settings/baseUrl', message: 'This is no web address.' }],
  });
}

/** Fills a path; each binding becomes one segment (or one part of it), encoded. */
function fillPath(text: string, names: QueryNames): string {
  return partsOf(text, '/settings/path')
    .map((part) => {
      if (typeof part === 'string') return part;
      const value = toText(evaluate(part, names, '/settings/path'));
      if (value === '.' || value === '..' || value === '') {
        throw refuse(
          '/settings/path',
          `{{ ${part.source.trim()} }} is ${value === '' ? 'empty' : `"${value}"`}, which cannot be a part of a path.`,
        );
      }
      return encodeURIComponent(value.toWellFormed());
    })
    .join('');
}

/** A setting with its bindings filled; a sole `{{ }}` keeps the type of its value. */
export function fillValue(text: string, names: QueryNames, path: string): unknown {
  const parts = partsOf(text, path);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && typeof only !== 'string') return evaluate(only, names, path);
  return parts.map((part) => (typeof part === 'string' ? part : toText(evaluate(part, names, path)))).join('');
}

function partsOf(text: string, path: string): readonly (string | Expression)[] {
  const parsed = parseTemplate(text);
  if (!parsed.ok) {
    const [problem] = parsed.error;
    throw refuse(
      path,
      problem === undefined
        ? 'A binding cannot be read.'
        : `Line ${problem.line}, column ${problem.column}: ${problem.message}`,
    );
  }
  const template = parsed.value;
  if (template.kind === 'literal') return [template.value];
  return template.kind === 'expression' ? [template.expression] : template.parts;
}

function evaluate(expression: Expression, names: QueryNames, path: string): unknown {
  let value: unknown;
  try {
    value = compileExpression(expression)(names.scope, { functions: names.functions });
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw refuse(path, `{{ ${expression.source.trim()} }}: ${error.message}`);
  }
  if (value === undefined) throw refuse(path, `{{ ${expression.source.trim()} }} has no value.`);
  return value;
}

function toText(value: unknown): string {
  if (value === null) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function buildBody(settings: QueryRequest['settings'], names: QueryNames, headers: Headers): string | undefined {
  const text = typeof settings['body'] === 'string' ? settings['body'] : '';
  switch (settings['bodyType']) {
    case 'json':
      if (!headers.has('content-type')) headers.set('content-type', 'application/json');
      return buildJson(text, names);
    case 'text':
      if (!headers.has('content-type')) headers.set('content-type', 'text/plain; charset=utf-8');
      return toText(fillValue(text, names, '/settings/body'));
    case 'form': {
      headers.set('content-type', 'application/x-www-form-urlencoded');
      const form = new URLSearchParams();
      for (const { name, value } of pairs(settings['form']))
        form.append(name, toText(fillValue(value, names, '/settings/form')));
      return form.toString();
    }
    default:
      return undefined;
  }
}

/** JSON text with bindings: within a string a binding adds to it, elsewhere it is a whole value. */
function buildJson(text: string, names: QueryNames): string {
  let isInString = false;
  const filled = partsOf(text, '/settings/body').map((part) => {
    if (typeof part === 'string') {
      for (let at = 0; at < part.length; at += 1) {
        if (isInString && part[at] === '\\') at += 1;
        else if (part[at] === '"') isInString = !isInString;
      }
      return part;
    }
    const value = evaluate(part, names, '/settings/body');
    return isInString ? JSON.stringify(toText(value)).slice(1, -1) : JSON.stringify(value);
  });
  const json = filled.join('');
  try {
    JSON.parse(json);
  } catch {
    throw refuse('/settings/body', 'The body is no valid JSON once its bindings are filled.');
  }
  return json;
}

function authenticate(
  { settings, secrets }: Pick<ConnectorContext, 'settings' | 'secrets'>,
  headers: Headers,
  url: URL,
): void {
  switch (settings['authentication']) {
    case 'bearer':
      setHeader(headers, 'authorization', `Bearer ${secrets['token'] ?? ''}`);
      break;
    case 'basic': {
      const login = `${String(settings['user'] ?? '')}:${secrets['password'] ?? ''}`;
      setHeader(headers, 'authorization', `Basic ${Buffer.from(login).toString('base64')}`);
      break;
    }
    case 'apiKey': {
      const name = String(settings['keyName'] ?? 'X-API-Key');
      if (settings['keyPlace'] === 'query') url.searchParams.set(name, secrets['key'] ?? '');
      else setHeader(headers, name, secrets['key'] ?? '');
      break;
    }
    default:
      break;
  }
}

/** Headers that steer the connection itself and are not the builder's to set. */
const reserved: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'proxy-authorization',
  'expect',
]);

function setHeader(headers: Headers, name: string, value: string): void {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw refuse('/settings/headers', `"${name}" is no name of a header.`);
  if (reserved.has(name.toLowerCase())) throw refuse('/settings/headers', `The header "${name}" is set by itself.`);
  if (/[\r\n\0]/.test(value))
    throw refuse('/settings/headers', `The value of the header "${name}" holds a line break.`);
  if (/[^\t\u0020-\u00FF]/.test(value))
    throw refuse('/settings/headers', `The value of the header "${name}" holds a character that headers cannot carry.`);
  headers.set(name, value);
}

function pairs(value: Json | undefined): readonly { readonly name: string; readonly value: string }[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).flatMap((item) =>
    isJsonObject(item) && typeof item['name'] === 'string' && item['name'] !== ''
      ? [{ name: item['name'], value: String(item['value'] ?? '') }]
      : [],
  );
}

function refuse(path: string, message: string) {
  return inputError({
    code: 'query.request-invalid',
    message,
    hint: 'Change the request of the query or the values it is given.',
    problems: [{ path, message, code: 'query.request-invalid' }],
  });
}
