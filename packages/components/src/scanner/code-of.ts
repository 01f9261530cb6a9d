/**
 * What a scanned text stands for: the last part of a web address, since labels hold the address of a screen so that any
 * phone opens it; any other text as it is.
 */
export function codeOf(text: string): string {
  if (!/^https?:\/\//i.test(text)) return text;
  try {
    const last = new URL(text).pathname.split('/').findLast((part) => part !== '');
    return last === undefined ? text : decodeURIComponent(last);
  } catch {
    return text;
  }
}
