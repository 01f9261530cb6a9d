import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { inputError, type Json } from '@fettle/base';
import { secretSettings, type Manifest } from '@fettle/sdk';

const ajv = new Ajv({ allErrors: true, strict: false, useDefaults: true, coerceTypes: true });
(addFormats as unknown as (instance: Ajv) => void)(ajv);
const validators = new WeakMap<WithSettings, ValidateFunction>();

type WithSettings = Pick<Manifest, 'settings'>;

/**
 * Settings of a step or trigger with their bindings replaced, as its manifest wants them: defaults filled in, texts that
 * say a number or yes and no taken as such. Throws what is wrong with which setting.
 */
export function checkActionSettings(
  manifest: WithSettings,
  settings: Readonly<Record<string, Json>>,
  {
    code = 'flow.settings-invalid',
    hint = 'Look at what the bindings of this step gave, in its input.',
  }: { readonly code?: string; readonly hint?: string } = {},
): Readonly<Record<string, Json>> {
  const copy = structuredClone(settings) as Record<string, Json>;
  const validate = validatorOf(manifest);
  if (validate(copy)) return copy;
  const problems = (validate.errors ?? []).slice(0, 20).map(({ instancePath, keyword, params, message }) => ({
    path: `${instancePath}${keyword === 'required' ? `/${String(params['missingProperty'])}` : ''}`,
    message: keyword === 'required' ? 'This setting is needed.' : `This ${message ?? 'is not valid'}.`,
  }));
  throw inputError({
    code,
    message: `${problems[0]?.path.slice(1) ?? 'A setting'}: ${problems[0]?.message ?? 'is not valid.'}`,
    hint,
    problems,
  });
}

function validatorOf(manifest: WithSettings): ValidateFunction {
  const known = validators.get(manifest);
  if (known !== undefined) return known;
  const secrets = new Set(secretSettings(manifest.settings));
  const properties = Object.fromEntries(
    Object.entries(manifest.settings.properties).filter(([name]) => !secrets.has(name)),
  );
  const required = ((manifest.settings.required ?? []) as readonly string[]).filter((name) => !secrets.has(name));
  const validate = ajv.compile({ type: 'object', properties, required });
  validators.set(manifest, validate);
  return validate;
}
