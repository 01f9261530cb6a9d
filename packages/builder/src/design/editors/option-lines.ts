/** A value and what people read for it. */
export interface Option {
  readonly value: string;
  readonly label?: string;
}

/** Options as lines of text: `value`, or `value = label`. */
export function formatOptions(options: readonly Option[]): string {
  return options
    .map(({ value, label }) => (label === undefined || label === value ? value : `${value} = ${label}`))
    .join('\n');
}

/** The reverse of {@link formatOptions}; empty lines and repeated values go. */
export function parseOptions(lines: string): readonly Option[] {
  const found = new Map<string, Option>();
  for (const line of lines.split('\n')) {
    const [value = '', ...rest] = line.split(' = ');
    const label = rest.join(' = ').trim();
    const key = value.trim();
    if (key !== '' && !found.has(key)) found.set(key, label === '' ? { value: key } : { value: key, label });
  }
  return [...found.values()];
}
