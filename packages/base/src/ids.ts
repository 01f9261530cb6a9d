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
  const codes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const byte = randomByte();
    if (byte < 248) {
      codes[at] = alphabet.charCodeAt(byte % 31);
      at += 1;
    }
  }
  return decoder.decode(codes);
}

const decoder = new TextDecoder();

/** Random bytes that nobody has had: asking for some of them costs as much as asking for many. */
const pool = new Uint8Array(4096);
let used = pool.length;

function randomByte(): number {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const byte = pool[used] as number;
  // What guards access must not lie about once it was given away.
  pool[used] = 0;
  used += 1;
  return byte;
}
