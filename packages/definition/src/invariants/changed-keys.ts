/** Keys of `after` whose value is another than before. A member without a value counts as changed: nothing may have one. */
export function changedKeys(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.keys(after).filter((key) => before[key] !== after[key] || after[key] === undefined);
}
