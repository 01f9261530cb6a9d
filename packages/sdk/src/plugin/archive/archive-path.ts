// What every file system takes for the same name: letters, digits and a few signs, no blanks, no other alphabets.
const segment = /^[A-Za-z0-9_@+-][A-Za-z0-9._@+-]*$/;
const reserved = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;
const longest = 200;
const deepest = 10;

/**
 * Says what is wrong with the path of a file in an archive; undefined when nothing is. The list of what is allowed is
 * short on purpose: no path of it means something else on another system, or leaves its folder.
 */
export function complainAboutPath(path: string): string | undefined {
  if (path.length > longest) return `is longer than ${longest} characters`;
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'begins at the root of a disk';
  if (path.includes('\\')) return 'holds a backslash';
  const parts = path.split('/');
  if (parts.length > deepest) return `is more than ${deepest} folders deep`;
  for (const part of parts) {
    if (part === '..' || part === '.') return 'leads out of its folder';
    if (part === '') return 'holds an empty name';
    if (part.endsWith('.')) return 'holds a name that ends with a dot';
    if (!segment.test(part)) return 'holds characters other than letters, digits and . _ - @ +';
    if (reserved.test(part)) return `holds "${part}", which is a device on some systems`;
  }
  return undefined;
}
