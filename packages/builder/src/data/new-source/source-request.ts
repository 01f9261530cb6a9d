import { AppError, jsonEquals, type Json } from '@fettle/base';
import type { RouteInput, routes } from '@fettle/contract';
import { secretSettings, type ConnectorManifest } from '@fettle/sdk';

/** Values of a connection form, secrets among them. */
export type FormValues = Readonly<Record<string, unknown>>;

type CreateBody = RouteInput<typeof routes.dataSources.create>['body'];

/** Settings and newly typed secrets, apart. */
export interface SplitSettings {
  readonly settings: Record<string, unknown>;
  readonly secrets: Record<string, string>;
}

/** Parts what a form holds into settings and secrets. What is empty is left out. */
export function splitSettings(connector: ConnectorManifest, values: FormValues): SplitSettings {
  const secretNames = new Set(secretSettings(connector.settings));
  const settings: Record<string, unknown> = {};
  const secrets: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (!secretNames.has(name)) settings[name] = value;
    else if (typeof value === 'string' && value !== '') secrets[name] = value;
  }
  return { settings, secrets };
}

/** The request that adds an external data source. Without production values, production uses development's. */
export function createRequest(
  connector: ConnectorManifest,
  form: { readonly name: string; readonly development: FormValues; readonly production: FormValues | undefined },
): CreateBody {
  return {
    name: form.name.trim(),
    kind: 'external',
    connector: connector.id,
    development: splitSettings(connector, form.development),
    ...(form.production === undefined ? {} : { production: splitSettings(connector, form.production) }),
  };
}

/** True when the form would send stored secrets somewhere else: they are cleared then. */
export function isNewDestination(connector: ConnectorManifest, stored: FormValues, values: FormValues): boolean {
  return connector.destination.some(
    (name) => !jsonEquals((stored[name] ?? null) as Json, (values[name] ?? null) as Json),
  );
}

/** Required settings without a value and without a default: what is missing before anything can be sent. */
export function missingSettings(
  connector: ConnectorManifest,
  values: FormValues,
  secretsSet: readonly string[] = [],
): readonly string[] {
  const required = (connector.settings.required ?? []) as readonly string[];
  return required.filter((name) => {
    const property = connector.settings.properties[name] as { readonly default?: unknown } | undefined;
    const value = values[name];
    return (value === undefined || value === '') && property?.default === undefined && !secretsSet.includes(name);
  });
}

/** Problems of a failed request by setting, for the form. */
export function settingProblems(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof AppError)) return {};
  const found: Record<string, string> = {};
  for (const { path, message } of error.problems ?? []) {
    const [, part, name] = /\/(settings|secrets)\/([^/]+)/.exec(path) ?? [];
    if (part !== undefined && name !== undefined) found[name] ??= message;
  }
  return found;
}
