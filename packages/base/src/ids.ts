// Lower case and digits without look-alikes: ids are read aloud, typed and used in file names.
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

/** A random id `prefix_xxxx`. 16 characters hold about 79 bits, 26 hold 128 (for anything that guards access). */
export function createId(prefix: string, length = 16): string {
  return `${prefix}_${randomText(length)}`;
}

/** A short id for things that are unique within one document, such as the components of a screen. */
export function createShortId(prefix: string): string {
  return createId(prefix, 8);
}

/** Random text of the id alphabet, without modulo bias. */
export function randomText(length: number): string {
  let text = '';
  while (text.length < length) {
    // One call gives 65,536 bytes at most.
    for (const byte of crypto.getRandomValues(new Uint8Array(Math.min(length * 2, 65_536)))) {
      if (byte < 248 && text.length < length) text += alphabet[byte % 31];
    }
  }
  return text;
}
