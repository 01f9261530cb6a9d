import type { EventAction } from '@fettle/definition';
import type { IdMaker } from './ids.ts';

/** Opens a screen. */
export function navigate(ids: IdMaker, screen: string, params?: Readonly<Record<string, unknown>>): EventAction {
  return {
    id: ids('act'),
    type: 'core/navigate',
    settings: { target: 'screen', screen, ...(params === undefined ? {} : { params }) },
  };
}

/** Deletes a row, and what follows. */
export function deleteRow(
  ids: IdMaker,
  place: { readonly dataSource: string; readonly table: string; readonly key: string },
  onSuccess: readonly EventAction[],
): EventAction {
  const { key, ...data } = place;
  return { id: ids('act'), type: 'core/delete-row', settings: { data, key }, onSuccess };
}

/** Changes a row, and what follows. */
export function updateRow(
  ids: IdMaker,
  place: {
    readonly dataSource: string;
    readonly table: string;
    readonly key: string;
    readonly values: Readonly<Record<string, unknown>>;
  },
  onSuccess: readonly EventAction[],
): EventAction {
  const { key, values, ...data } = place;
  return { id: ids('act'), type: 'core/update-row', settings: { data, key, values }, onSuccess };
}

/** Says that something worked. */
export function showMessage(ids: IdMaker, text: string): EventAction {
  return { id: ids('act'), type: 'core/show-message', settings: { text, kind: 'success' } };
}

/** Loads the data of the screen again. */
export function refreshAll(ids: IdMaker): EventAction {
  return { id: ids('act'), type: 'core/refresh', settings: { what: 'all' } };
}
