/**
 * Knex splits names at dots and spaces and takes a question mark for a binding. Names therefore pass through it in a
 * coded form of plain letters; its `wrapIdentifier` hook decodes and quotes them. A question mark stays a stand-in
 * until the bindings have their places.
 */
const questionMark = '\uE03F';

/** The coded form of a name. */
export function encodeName(name: string): string {
  let coded = 'n_';
  for (let index = 0; index < name.length; index += 1) coded += name.charCodeAt(index).toString(16).padStart(4, '0');
  return coded;
}

/** The name behind its coded form. Other texts (aliases of ours) are answered as they are. */
export function decodeName(coded: string): string {
  if (!/^n_(?:[0-9a-f]{4})+$/.test(coded)) return coded;
  return String.fromCharCode(...(coded.slice(2).match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)));
}

/** Hides question marks of a quoted name from Knex. */
export function hideQuestionMarks(quoted: string): string {
  return quoted.replaceAll('?', questionMark);
}

/** Puts the question marks of names back, once bindings have their places. */
export function showQuestionMarks(text: string): string {
  return text.replaceAll(questionMark, '?');
}
