import type { MigrationStep } from './plugin-manifest.ts';

type Settings = Readonly<Record<string, unknown>>;

/** Migrations of a plugin's settings, from data to the functions that documents are brought up to date with. */
export function migrationsFrom(
  lists: readonly (readonly MigrationStep[])[] | undefined,
): readonly ((settings: Settings) => Record<string, unknown>)[] {
  return (lists ?? []).map((steps) => (settings) => steps.reduce<Record<string, unknown>>(applyStep, { ...settings }));
}

function applyStep(settings: Record<string, unknown>, step: MigrationStep): Record<string, unknown> {
  if ('remove' in step) return without(settings, step.remove);
  if ('rename' in step) {
    if (!Object.hasOwn(settings, step.rename)) return settings;
    return { ...without(settings, step.rename), [step.to]: settings[step.rename] };
  }
  if (step.when !== 'always' && Object.hasOwn(settings, step.set)) return settings;
  return { ...settings, [step.set]: step.value };
}

function without(settings: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => key !== name));
}
