/** A step as messages name it: `"send"`, or `"send" in "notify"` where the step `notify` calls its flow. */
export function stepText({ name, within }: { readonly name: string; readonly within: readonly string[] }): string {
  return [name, ...within.toReversed()].map((one) => `"${one}"`).join(' in ');
}
