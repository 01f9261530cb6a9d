import { isJsonObject, type Json } from '@fettle/base';

/** Members whose values are secret, whatever system they come from. */
const secretKey =
  /^(?:(?:proxy-)?authorization|(?:set-)?cookie|.*(?:password|passwd|passphrase|secret|token|api[-_]?key|private[-_]?key|credential|signature).*)$/i;
const shortest = 4;
const hidden = '•••';

/** The texts that stand under names of secrets in a value. */
export function findSecrets(value: Json, found: Set<string> = new Set()): ReadonlySet<string> {
  if (Array.isArray(value)) for (const item of value as readonly Json[]) findSecrets(item, found);
  else if (isJsonObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      if (secretKey.test(key)) collectTexts(member, found);
      else findSecrets(member, found);
    }
  }
  return found;
}

function collectTexts(value: Json, found: Set<string>): void {
  if (typeof value === 'string') {
    // Of `Bearer abc` the token alone may stand elsewhere, too.
    for (const text of [value, ...value.split(/\s+/)]) if (text.length >= shortest && text !== hidden) found.add(text);
  } else if (Array.isArray(value)) for (const item of value as readonly Json[]) collectTexts(item, found);
  else if (isJsonObject(value)) for (const member of Object.values(value)) collectTexts(member, found);
}

/** A value without these texts, wherever they stand in it. */
export function hideSecrets(value: Json, secrets: ReadonlySet<string>): Json {
  if (secrets.size === 0) return value;
  // Longer ones first, so that no rest of one stays.
  const texts = [...secrets].toSorted((a, b) => b.length - a.length);
  const clean = (one: Json): Json => {
    if (typeof one === 'string') return texts.reduce((text, secret) => text.replaceAll(secret, hidden), one);
    if (Array.isArray(one)) return (one as readonly Json[]).map(clean);
    if (!isJsonObject(one)) return one;
    return Object.fromEntries(Object.entries(one).map(([key, member]) => [key, clean(member)]));
  };
  return clean(value);
}
