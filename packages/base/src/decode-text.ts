/** A character that no text has: bytes with it are something else. */
const nothing = '\0';

/**
 * The text that bytes hold: in the encoding that is named (a label of the WHATWG Encoding Standard), else in the one
 * that their byte order mark says, else in UTF-8. Undefined when they are no text in it.
 */
export function decodeText(bytes: Uint8Array, encoding?: string): string | undefined {
  try {
    const text = new TextDecoder(encoding ?? markedEncoding(bytes) ?? 'utf-8', { fatal: true }).decode(bytes);
    return text.includes(nothing) ? undefined : text;
  } catch {
    return undefined;
  }
}

/**
 * The same for bytes that must be text: what is no UTF-8 is taken for Windows-1252, in which old programs write and in
 * which all bytes mean something.
 */
export function guessText(bytes: Uint8Array): string {
  return decodeText(bytes) ?? new TextDecoder('windows-1252').decode(bytes);
}

/** The encoding that a content type names, when it is a known one: `text/plain; charset=iso-8859-1`. */
export function charsetOf(contentType: string | undefined): string | undefined {
  const named = /;\s*charset=\s*"?([\w.:-]{1,40})/i.exec((contentType ?? '').slice(0, 1000))?.[1];
  return named === undefined ? undefined : knownEncoding(named);
}

/** The label when it names an encoding that can be read. */
export function knownEncoding(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

function markedEncoding([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}
