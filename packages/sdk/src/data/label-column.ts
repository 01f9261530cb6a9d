import type { ColumnDescription } from './table.ts';

/** Names that usually hold what people call a row, the best first. */
const wellKnown = [
  /^(?:display|full)[_ -]?name$/i,
  /^name$/i,
  /^title$/i,
  /^label$/i,
  /^subject$/i,
  /(?:^|[_ -])name$/i,
  /^[a-z]+name$/i,
  /title$/i,
  /^e?[_-]?mail(?:[_ ]?address)?$/i,
  /^(?:code|number|reference|key|slug)$/i,
];

/** The column whose value stands for a row: a well-known name, else a text that is never empty (a unique one first), else any text. */
export function chooseLabelColumn(
  columns: readonly ColumnDescription[],
  primaryKey: readonly string[],
  uniqueKeys: readonly (readonly string[])[],
): string | undefined {
  const texts = columns.filter(
    ({ type, meaning, maxLength }) =>
      (type === 'text' || type === 'longText') && meaning === undefined && maxLength !== 1,
  );
  // People with a first and a last name: the last one tells them apart better than a job title would.
  const lastName = texts.find((column) => /^last[_ ]?name$/i.test(column.name));
  if (
    lastName !== undefined &&
    texts.some((column) => /^first[_ ]?name$/i.test(column.name)) &&
    !texts.some(isFullName)
  ) {
    return lastName.name;
  }
  for (const pattern of wellKnown) {
    const found = texts.find((column) => pattern.test(column.name));
    if (found !== undefined) return found.name;
  }
  const isKey = (name: string): boolean => primaryKey.length === 1 && primaryKey[0] === name;
  // A column that may be empty would leave rows without a name.
  const filled = texts.filter(({ nullable }) => !nullable);
  const isUnique = ({ name }: ColumnDescription): boolean =>
    uniqueKeys.some((key) => key.length === 1 && key[0] === name) && !isKey(name);
  const isFact = ({ name }: ColumnDescription): boolean => !primaryKey.includes(name);
  const unique = filled.find(isUnique) ?? filled.find(isFact) ?? texts.find(isUnique);
  const first = texts.find(isFact);
  return (unique ?? first ?? texts[0])?.name ?? (primaryKey.length === 1 ? primaryKey[0] : undefined);
}

function isFullName(column: ColumnDescription): boolean {
  return /^(?:(?:display|full)[_ -]?name|name)$/i.test(column.name);
}
