import { isJsonObject } from '@fettle/base';
import type { DataSetting } from '@fettle/definition';

/** The value of a `data` setting; undefined when there is none or it is something else. */
export function readDataSetting(value: unknown): DataSetting | undefined {
  if (!isJsonObject(value)) return undefined;
  const { kind } = value;
  if (kind === 'table' || kind === 'query' || kind === 'rows') return value as unknown as DataSetting;
  // The pair alone, as event actions have it.
  if (typeof value['dataSource'] === 'string' && typeof value['table'] === 'string') {
    return { kind: 'table', dataSource: value['dataSource'], table: value['table'] };
  }
  return undefined;
}
