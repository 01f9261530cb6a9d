import { inputError } from '@fettle/base';
import type { Environment } from '@fettle/contract';

/** Settings as they are given. */
export interface SettingsInput {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string | null>>;
}

/** A new data source. */
export interface NewDataSource {
  readonly name: string;
  readonly kind: 'external' | 'internal' | 'demo';
  readonly connector?: string;
  readonly development?: SettingsInput;
  readonly production?: SettingsInput;
}

/** A change of a data source. */
export interface DataSourceChange {
  readonly name?: string;
  readonly environment?: Environment;
  readonly isInherited?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string | null>>;
}

/** Stored secrets with new values put in and those set to null or nothing taken out. */
export function applySecrets(
  stored: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string>> {
  const merged = new Map(Object.entries(stored));
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === '') merged.delete(name);
    else merged.set(name, value);
  }
  return Object.fromEntries(merged);
}

export const needsConnector = () =>
  inputError({
    code: 'data-source.connector-missing',
    message: 'Name the connector.',
    hint: 'See the list of connectors.',
  });
export const needsEnvironment = () =>
  inputError({
    code: 'data-source.environment-missing',
    message: 'Name the environment whose settings change.',
    hint: 'development or production',
  });
export const hasNoSettings = () =>
  inputError({
    code: 'data-source.no-settings',
    message: 'This kind of data source has no settings.',
    hint: 'Only its name can be changed.',
  });
export const inheritsNothing = () =>
  inputError({
    code: 'data-source.inherits-nothing',
    message: 'Development has settings of its own; only production can inherit.',
    hint: 'Leave isInherited out.',
  });
