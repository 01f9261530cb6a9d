/** The type of a value in plain words. */
export function describeType(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 1 ? 'list of 1' : `list of ${value.length}`;
  if (value instanceof Date) return 'date';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'yes or no';
    case 'function':
      return 'function';
    default:
      return 'object';
  }
}

/** A value as short text on one line. */
export function previewValue(value: unknown, longest = 80): string {
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, longest)) : oneLine(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** A value as indented JSON, cut off where it grows long. */
export function prettyValue(value: unknown, longest = 4000): string {
  const text = typeof value === 'string' ? value : stringify(value, 2);
  return text.length > longest ? `${text.slice(0, longest)}\n…` : text;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value) && value.length > 20) return `${stringify(value.slice(0, 20), 0).slice(0, -1)}, …]`;
  return stringify(value, 0);
}

function stringify(value: unknown, indent: number): string {
  if (value === undefined) return 'undefined';
  try {
    return (
      JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner), indent) ??
      String(value)
    );
  } catch {
    return String(value);
  }
}
