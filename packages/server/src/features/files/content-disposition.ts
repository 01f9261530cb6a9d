/**
 * The header that names a downloaded file (RFC 6266): a plain ASCII name for old programs and the real one encoded.
 * Path parts and control characters never get through.
 */
export function contentDisposition(kind: 'attachment' | 'inline', name: string): string {
  const clean = safeFileName(name);
  const plain = clean.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(clean).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

// Control characters, and marks that reverse the reading direction to hide a file's real ending.
const unsafeCharacters = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A file name as data: without folders, control characters and hidden direction marks, at most 200 characters. */
export function safeFileName(name: string): string {
  const base = name.normalize('NFC').toWellFormed().replace(unsafeCharacters, '').split(/[/\\]/).at(-1) ?? '';
  const trimmed = base.replace(/[<>:"|?*]/g, '_').replace(/^[\s.]+|[\s.]+$/g, '');
  if (trimmed === '') return 'file';
  if (trimmed.length <= 200) return trimmed;
  const ending = /\.[^.]{1,12}$/.exec(trimmed)?.[0] ?? '';
  return `${trimmed.slice(0, 200 - ending.length).toWellFormed()}${ending}`;
}
