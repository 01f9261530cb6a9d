import { implementEventAction } from '@fettle/sdk/react';
import { required } from '../required.ts';
import { describeTable, rowKeyOf } from '../row-key.ts';
import { deleteRowManifest } from './manifest.ts';

/** See the manifest. A list of rows is deleted in one transaction. */
export const deleteRowAction = implementEventAction(deleteRowManifest, async (settings, host) => {
  const place = required(settings.data, 'Choose the table whose row is deleted.');
  const table = describeTable(host.data, place);
  const chosen = Array.isArray(settings.key) ? (settings.key as readonly unknown[]) : [settings.key];
  const keys = chosen.map((key) => rowKeyOf(table, key));
  if (keys.length > 0) await host.data.delete(place, keys);
});
