import { isJsonObject, notAllowed, type Json } from '@fettle/base';
import { findSettings, tableReference, type ExtensionUses } from '@fettle/definition';

/** Which tables and queries one call of a plugin may work with. */
export interface TableLimits {
  assertAllowed(verb: 'view' | 'create' | 'update' | 'delete', dataSource: string, table: string): void;
  assertQuery(query: string): void;
}

/**
 * The tables and queries that stand in the settings where the manifest says they do. The rights of the flow hold
 * besides: this keeps one step from working with what was given to another.
 */
export function tableLimitsOf(
  manifest: { readonly uses?: ExtensionUses; readonly title: string },
  settings: Readonly<Record<string, Json>>,
): TableLimits {
  const allowed = new Map<string, Set<string>>();
  for (const use of manifest.uses?.tables ?? []) {
    if (use.when !== undefined && !use.when.in.includes(settings[use.when.setting])) continue;
    for (const { value } of findSettings(settings, use.setting)) {
      if (!isJsonObject(value) || typeof value['dataSource'] !== 'string' || typeof value['table'] !== 'string')
        continue;
      const reference = tableReference(value['dataSource'], value['table']);
      allowed.set(reference, new Set([...(allowed.get(reference) ?? []), ...use.actions]));
    }
  }
  const queries = new Set(
    (manifest.uses?.queries ?? []).flatMap((path) => findSettings(settings, path).map(({ value }) => value)),
  );
  return {
    assertAllowed(verb, dataSource, table) {
      if (allowed.get(tableReference(dataSource, table))?.has(verb) === true) return;
      throw refused(manifest.title, `${verb} rows of "${table.slice(0, 100)}"`);
    },
    assertQuery(query) {
      if (!queries.has(query)) throw refused(manifest.title, 'run this query');
    },
  };
}

function refused(title: string, what: string) {
  return notAllowed({
    code: 'plugin.table-not-allowed',
    message: `"${title}" may not ${what}: its settings do not name it.`,
    hint: 'Choose it in the settings of the step.',
  });
}
