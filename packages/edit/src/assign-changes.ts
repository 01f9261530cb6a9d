/** Writes the members of `changes` into `target`; null takes a member away. */
export function assignChanges(target: object, changes: Readonly<Record<string, unknown>>): void {
  const members = target as Record<string, unknown>;
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete members[key];
    else members[key] = value;
  }
}
