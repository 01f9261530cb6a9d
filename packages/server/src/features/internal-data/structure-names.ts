import { forbiddenKeys, inputError, uniqueName } from '@fettle/base';

const namePattern = /^[A-Za-z][A-Za-z0-9_]{0,59}$/;
const reservedTables = /^(sqlite|pg|fettle|knex)_/i;

/** Throws unless a table can have this name next to those that are there. */
export function assertTableName(name: string, taken: readonly string[], path = '/name'): void {
  assertPlainName(name, 'table', path);
  if (reservedTables.test(name))
    throw refuse(`Names that begin with "${name.split('_')[0] ?? ''}_" are kept for the database.`, path);
  if (isTaken(name, taken))
    throw refuse(`There is already a table "${name}". Upper and lower case count as the same.`, path);
}

/** Throws unless a column can have this name next to those that are there. */
export function assertFieldName(name: string, taken: readonly string[], path: string): void {
  assertPlainName(name, 'column', path);
  if (name.toLowerCase() === 'id') throw refuse('Every table has a column "id" already: its key.', path);
  if (isTaken(name, taken))
    throw refuse(`There is already a column "${name}". Upper and lower case count as the same.`, path);
}

/** A name for a column out of a title: `Purchase price (€)` becomes `purchase_price`. */
export function fieldNameFrom(title: string, taken: (name: string) => boolean): string {
  const words = title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 50);
  const name = words === '' || forbiddenKeys.has(words) ? 'column' : words;
  return uniqueName(name, taken);
}

function assertPlainName(name: string, what: string, path: string): void {
  if (namePattern.test(name) && !forbiddenKeys.has(name)) return;
  throw refuse(
    `"${name.slice(0, 60)}" cannot be the name of a ${what}: use a letter, then letters, digits and "_", 60 at most.`,
    path,
  );
}

function isTaken(name: string, taken: readonly string[]): boolean {
  return taken.some((other) => other.toLowerCase() === name.toLowerCase());
}

function refuse(message: string, path: string) {
  return inputError({
    code: 'structure.name-invalid',
    message,
    hint: 'Choose another name.',
    problems: [{ path, message }],
  });
}
