const letters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A first password that can be read aloud: no letters that look alike, in groups of four. */
export function createFirstPassword(): string {
  const picked: string[] = [];
  while (picked.length < 16) {
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) {
      // Bytes past the last whole multiple would make some letters likelier.
      if (byte < 256 - (256 % letters.length) && picked.length < 16) picked.push(letters.charAt(byte % letters.length));
    }
  }
  return [0, 4, 8, 12].map((start) => picked.slice(start, start + 4).join('')).join('-');
}
