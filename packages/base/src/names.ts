/** A name that expressions can use: a letter, then letters, digits or `_`; at most 64 characters. */
export const namePattern = '^[A-Za-z][A-Za-z0-9_]{0,63}$';
const nameExpression = new RegExp(namePattern);

/** True when `text` can be used as a name in expressions. */
export function isName(text: string): boolean {
  return nameExpression.test(text);
}

/** Makes a name out of a label: `'Track list'` becomes `trackList`. Falls back to `fallback`. */
export function nameFromLabel(label: string, fallback = 'item'): string {
  const words =
    label
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .match(/[A-Za-z0-9]+/g) ?? [];
  const name = words
    .map((word, index) =>
      index === 0 ? word.charAt(0).toLowerCase() + word.slice(1) : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join('')
    .slice(0, 60);
  return isName(name) ? name : fallback;
}

/** Makes a label out of a technical name: `'invoice_line'` and `'invoiceLine'` become `Invoice line`. */
export function labelFromName(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/[_\-.]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `base`, or `base2`, `base3` … : the first that `isTaken` does not claim. */
export function uniqueName(base: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(base)) return base;
  const stem = base.replace(/\d+$/, '') || base;
  for (let number = 2; ; number += 1) {
    const name = `${stem}${number}`;
    if (!isTaken(name)) return name;
  }
}

/** A part of a web address: lower case letters, digits and single hyphens. */
export function slugFromLabel(label: string, fallback = 'app'): string {
  const slug = label
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return slug === '' ? fallback : slug;
}
