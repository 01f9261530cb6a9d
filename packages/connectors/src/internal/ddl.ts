import type { Json } from '@fettle/base';
import type { FieldSpecification, FieldType } from '@fettle/sdk';

/** A text as an SQL literal. Both engines double quotes and know no other escapes here. */
export function literal(value: Json): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `'${text.replaceAll("'", "''")}'`;
}

/** Fields that nobody writes: the connector or the database fills them. */
export function isFilled(type: FieldType): boolean {
  return type === 'autoNumber' || type === 'createdAt' || type === 'updatedAt';
}

/** `not null` and the default of a field. */
export function constraintsText(field: FieldSpecification, defaultText: (value: Json) => string): string {
  const required = field.required === true && !isFilled(field.type) ? ' not null' : '';
  const hasDefault = field.default !== undefined && field.default !== null && !isFilled(field.type);
  return `${required}${hasDefault ? ` default ${defaultText(field.default as Json)}` : ''}`;
}

/** Name of the index that keeps a field unique. Short, so that no system cuts it. */
export function uniqueIndexName(table: string, column: string): string {
  let hash = 5381;
  for (const character of JSON.stringify([table, column]))
    hash = (Math.imul(hash, 33) ^ (character.codePointAt(0) ?? 0)) >>> 0;
  return `_fettle_unique_${hash.toString(36)}_${column.replaceAll(/\W/g, '').slice(0, 20)}`;
}
