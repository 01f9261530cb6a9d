/** Words in the names of columns that hold paragraphs. */
const paragraphs =
  /^(?:abstract|bio|biography|body|comments?|content|contents|descr|description|details?|directions|explanation|html|instructions?|markdown|md|memo|messages?|notes?|overview|prompt|remarks?|resolution|review|script|sql|summary|text|transcript)$/i;

/**
 * What a text column without a length limit holds. On PostgreSQL and SQLite that is how every text is declared, from a
 * first name to an essay, so its name tells: `notes`, `body_html` and `longDescription` are long, `name` and `city` are not.
 */
export function typeOfUnsizedText(columnName: string): 'text' | 'longText' {
  const words = columnName.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').split(/[^\p{L}\p{N}]+/u);
  return words.some((word) => paragraphs.test(word)) ? 'longText' : 'text';
}
