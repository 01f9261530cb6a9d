import { isJsonObject } from '@fettle/base';

/** The part of JSON Schema that payloads use. */
interface PayloadSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, PayloadSchema>>;
  readonly items?: PayloadSchema;
  readonly anyOf?: readonly PayloadSchema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
}

/** A value of a schema's shape, so that names such as `event.row` are known before anything happened. */
export function sampleOfSchema(schema: unknown, depth = 0): unknown {
  if (typeof schema !== 'object' || schema === null || depth > 5) return undefined;
  const { type, properties, items, anyOf, const: fixed, enum: values, default: fallback } = schema as PayloadSchema;
  if (fallback !== undefined) return fallback;
  if (fixed !== undefined) return fixed;
  if (values !== undefined) return values[0];
  if (anyOf !== undefined) return sampleOfSchema(anyOf[0], depth + 1);
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(properties ?? {}).map(([name, member]) => [name, sampleOfSchema(member, depth + 1) ?? null]),
      );
    case 'array':
      return items === undefined ? [] : [sampleOfSchema(items, depth + 1) ?? null];
    case 'string':
      return '';
    case 'number':
    case 'integer':
      return 0;
    case 'boolean':
      return false;
    default:
      return undefined;
  }
}

/** True when a payload carries rows of the component. */
export function hasRows(schema: unknown): boolean {
  const { properties = {} } = (schema ?? {}) as PayloadSchema;
  return 'row' in properties || 'rows' in properties;
}

/** A sample of an event: a row that the component shows stands for its rows. */
export function sampleEvent(schema: unknown, row: Readonly<Record<string, unknown>>): unknown {
  const sample = sampleOfSchema(schema) ?? {};
  if (!isJsonObject(sample) || !hasRows(schema) || Object.keys(row).length === 0) return sample;
  return { ...sample, ...('row' in sample ? { row } : {}), ...('rows' in sample ? { rows: [row] } : {}) };
}
