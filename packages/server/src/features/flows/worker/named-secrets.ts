import { inputError, type AppError, type Json } from '@fettle/base';
import { secretSettings, type Manifest } from '@fettle/sdk';

/** The values of the stored secrets that settings name, by setting. One that is not stored is refused. */
export async function namedSecrets(
  manifest: Pick<Manifest, 'settings'>,
  settings: Readonly<Record<string, Json>>,
  reveal: (names: readonly string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const named = secretSettings(manifest.settings).flatMap((setting) => {
    const name = settings[setting];
    return typeof name === 'string' && name !== '' ? [{ setting, name }] : [];
  });
  if (named.length === 0) return {};
  const values = await reveal(named.map(({ name }) => name));
  return Object.fromEntries(
    named.map(({ setting, name }) => {
      const value = values.get(name);
      if (value === undefined) throw unknownSecret(name);
      return [setting, value];
    }),
  );
}

function unknownSecret(name: string): AppError {
  return inputError({
    code: 'flow.secret-unknown',
    message: `There is no secret "${name.slice(0, 64)}" in this environment.`,
    hint: 'Store it among the secrets of the workspace, or name another one.',
  });
}
