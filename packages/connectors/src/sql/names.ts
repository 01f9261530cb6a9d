/** Knex takes a question mark for a binding, also within a quoted name: there it stays a stand-in until the end. */
const questionMark = '\uE03F';

/** Hides question marks of a quoted name or text from Knex. */
export function hideQuestionMarks(quoted: string): string {
  return quoted.replaceAll('?', questionMark);
}

/** Puts them back, once bindings have their places. */
export function showQuestionMarks(text: string): string {
  return text.replaceAll(questionMark, '?');
}
