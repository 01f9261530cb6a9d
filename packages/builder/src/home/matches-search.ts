/** True when every word of the search stands in one of the texts, ignoring case and accents. */
export function matchesSearch(search: string, texts: readonly string[]): boolean {
  const plain = (text: string): string =>
    text
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase();
  const haystack = plain(texts.join(' '));
  return plain(search)
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}
