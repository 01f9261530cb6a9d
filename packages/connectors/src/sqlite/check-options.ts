const checkPattern = /check\s*\(\s*["[`]?([\w ]+?)["\]`]?\s+in\s*\(((?:\s*'(?:[^']|'')*'\s*,?)+)\)\s*\)/gi;

/**
 * Allowed values by column, from constraints of the form `check (status in ('Open', 'Closed'))`: SQLite's way to say
 * what other systems call an enum.
 */
export function checkedOptions(tableText: string): ReadonlyMap<string, readonly string[]> {
  const options = new Map<string, readonly string[]>();
  for (const [, column = '', list = ''] of tableText.matchAll(checkPattern)) {
    const values = [...list.matchAll(/'((?:[^']|'')*)'/g)].map(([, value = '']) => value.replaceAll("''", "'"));
    options.set(column.toLowerCase(), values);
  }
  return options;
}
