import { isJsonObject } from '@fettle/base';
import { callNames, type FromFrame } from './protocol.ts';

type Checks = Readonly<Record<FromFrame['kind'], (message: Readonly<Record<string, unknown>>) => boolean>>;

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isText = (value: unknown, longest: number): boolean => typeof value === 'string' && value.length <= longest;
const isSmall = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const checks: Checks = {
  ready: () => true,
  pong: ({ bytes }) => bytes === undefined || isNumber(bytes),
  size: ({ height }) => isNumber(height),
  failed: ({ message }) => isText(message, 2000),
  call: ({ call, name, input }) =>
    isSmall(call) && callNames.includes(name as (typeof callNames)[number]) && Array.isArray(input),
  expose: ({ values }) => isJsonObject(values),
  offer: ({ method, isThere }) => isText(method, 64) && typeof isThere === 'boolean',
  rows: ({ list, wanted }) =>
    isSmall(list) &&
    (wanted === undefined || (isJsonObject(wanted) && isSetting(wanted['setting']) && isJsonObject(wanted['options']))),
  'rows-act': ({ list, act }) => isSmall(list) && (act === 'refresh' || act === 'more'),
  watch: ({ watch, what }) => isSmall(watch) && (what === undefined || isJsonObject(what)),
  answer: ({ call, ok, error }) =>
    isSmall(call) && (ok === true || (ok === false && isJsonObject(error) && typeof error['message'] === 'string')),
};

function isSetting(setting: unknown): boolean {
  if (!isJsonObject(setting)) return false;
  const { kind, dataSource, table, query, rows } = setting;
  if (kind === 'table') return isText(dataSource, 80) && isText(table, 600);
  if (kind === 'query') return isText(query, 80);
  return kind === 'rows' && rows !== undefined;
}

/** A message of a frame, once it has the form of one. */
export function readMessage(data: unknown): FromFrame | undefined {
  if (!isJsonObject(data)) return undefined;
  const { kind } = data;
  if (typeof kind !== 'string' || !Object.hasOwn(checks, kind)) return undefined;
  return checks[kind as FromFrame['kind']](data) ? (data as unknown as FromFrame) : undefined;
}
