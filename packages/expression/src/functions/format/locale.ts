import type { Run } from '../../evaluate/run.ts';

const known = new Set<string>();

/** Returns a language tag such as `de-CH` when it can be one. */
export function checkLocale(run: Run, locale: string): string {
  if (known.has(locale)) return locale;
  try {
    Intl.getCanonicalLocales(locale);
  } catch {
    throw run.error(
      'expression.unknown-locale',
      'There is no such language.',
      'Use a tag such as "en", "de-CH" or "pt-BR".',
    );
  }
  if (known.size > 200) known.clear();
  known.add(locale);
  return locale;
}
