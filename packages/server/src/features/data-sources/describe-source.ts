import type { DataSourceInfo, Environment } from '@fettle/contract';
import type { DataSourceRow, EnvironmentRow, SecretRow } from './data-sources.store.ts';

/** A data source as builders see it: which secrets are set, never what they are. */
export function describeSource(
  row: DataSourceRow,
  settings: readonly EnvironmentRow[],
  secrets: readonly SecretRow[],
): DataSourceInfo {
  const describe = (environment: Environment) => {
    const own = settings.find((entry) => entry.data_source_id === row.id && entry.environment === environment);
    return {
      isInherited: Boolean(own?.is_inherited ?? false),
      settings: JSON.parse(own?.settings ?? '{}') as Record<string, unknown>,
      secretsSet: secrets
        .filter((secret) => secret.data_source_id === row.id && secret.environment === environment)
        .map(({ setting }) => setting),
    };
  };
  return {
    id: row.id,
    name: row.name,
    connector: row.connector,
    kind: row.kind,
    environments: { development: describe('development'), production: describe('production') },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
