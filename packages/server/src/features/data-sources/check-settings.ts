import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { forbiddenKeys, inputError, jsonEquals, type Json, type Problem } from '@fettle/base';
import { secretSettings, type ConnectorManifest } from '@fettle/sdk';

const ajv = new Ajv({ allErrors: true, strict: false, useDefaults: true });
(addFormats as unknown as (instance: Ajv) => void)(ajv);
const validators = new WeakMap<ConnectorManifest, ValidateFunction>();

/** Settings that passed the connector's schema, defaults filled in. Secrets are never among them. */
export function checkSettings(
  manifest: ConnectorManifest,
  settings: Readonly<Record<string, unknown>>,
): Readonly<Record<string, Json>> {
  if (Object.keys(settings).some((name) => forbiddenKeys.has(name)))
    throw invalid([{ path: '/settings', message: 'A name is not allowed.' }]);
  if (holdsNull(settings))
    throw invalid([{ path: '/settings', message: 'A text holds a character that no setting can hold.' }]);
  const copy = structuredClone(settings) as Record<string, Json>;
  const validate = validatorOf(manifest);
  if (validate(copy)) return copy;
  throw invalid(
    (validate.errors ?? []).map((error) => ({
      path: `/settings${error.instancePath}${error.keyword === 'required' ? `/${String(error.params['missingProperty'])}` : ''}`,
      message:
        error.keyword === 'additionalProperties'
          ? `"${String(error.params['additionalProperty'])}" is not a setting.`
          : error.keyword === 'required'
            ? 'This setting is needed.'
            : `This ${error.message ?? 'is not valid'}.`,
    })),
  );
}

// Protocols end a text at this character: what follows it would be read as settings of its own.
function holdsNull(value: unknown): boolean {
  return JSON.stringify(value).includes('\\u0000');
}

/** Throws unless every needed secret has a value and only secret settings are given as secrets. */
export function checkSecrets(
  manifest: ConnectorManifest,
  given: readonly string[],
  available: ReadonlySet<string>,
): void {
  const secrets = secretSettings(manifest.settings);
  const unknown = given.filter((name) => !secrets.includes(name));
  if (unknown.length > 0)
    throw invalid(unknown.map((name) => ({ path: `/secrets/${name}`, message: `"${name}" is not a secret setting.` })));
  const needed = (manifest.settings.required ?? []) as readonly string[];
  const missing = secrets.filter((name) => needed.includes(name) && !available.has(name));
  if (missing.length > 0)
    throw invalid(missing.map((name) => ({ path: `/secrets/${name}`, message: 'This setting is needed.' })));
}

/** True when both settings send credentials to the same place. */
export function hasSameDestination(
  manifest: ConnectorManifest,
  a: Readonly<Record<string, Json>>,
  b: Readonly<Record<string, Json>>,
): boolean {
  return manifest.destination.every((name) => jsonEquals(a[name] ?? null, b[name] ?? null));
}

function validatorOf(manifest: ConnectorManifest): ValidateFunction {
  const known = validators.get(manifest);
  if (known !== undefined) return known;
  const secrets = new Set(secretSettings(manifest.settings));
  const properties = Object.fromEntries(
    Object.entries(manifest.settings.properties).filter(([name]) => !secrets.has(name)),
  );
  const required = ((manifest.settings.required ?? []) as readonly string[]).filter((name) => !secrets.has(name));
  const validate = ajv.compile({ type: 'object', properties, required, additionalProperties: false });
  validators.set(manifest, validate);
  return validate;
}

function invalid(problems: readonly Problem[]) {
  return inputError({
    code: 'data-source.settings-invalid',
    message: problems.length === 1 ? 'A setting is not valid.' : 'Some settings are not valid.',
    hint: 'Correct the settings that are marked.',
    problems,
  });
}
