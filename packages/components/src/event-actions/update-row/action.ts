import type { Row } from '@fettle/sdk';
import { implementEventAction } from '@fettle/sdk/react';
import { required } from '../required.ts';
import { describeTable, rowKeyOf } from '../row-key.ts';
import { updateRowManifest } from './manifest.ts';

/** See the manifest. A list of rows is changed in one transaction; the result is then a list, too. */
export const updateRowAction = implementEventAction(updateRowManifest, async (settings, host) => {
  const place = required(settings.data, 'Choose the table whose row changes.');
  const table = describeTable(host.data, place);
  const values = (settings.values ?? {}) as Row;
  const isMany = Array.isArray(settings.key);
  const keys = (isMany ? (settings.key as readonly unknown[]) : [settings.key]).map((key) => rowKeyOf(table, key));
  if (keys.length === 0) return [];
  const rows = await host.data.update(
    place,
    keys.map((key) => ({ key, values })),
  );
  return isMany ? rows : rows[0];
});
