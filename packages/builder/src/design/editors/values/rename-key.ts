/** The record with a member under another name, at the same place. A name that is taken changes nothing. */
export function renameKey(
  values: Readonly<Record<string, unknown>>,
  from: string,
  to: string,
): Readonly<Record<string, unknown>> {
  if (from === to || Object.hasOwn(values, to)) return values;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name === from ? to : name, value]));
}
