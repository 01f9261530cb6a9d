/** Takes secrets out of text that comes back from outside: a service may echo what it was sent, in any form. */
export function withoutSecrets(text: string, secrets: Readonly<Record<string, string>>, user = ''): string {
  return Object.values(secrets)
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => formsOf(secret, user))
    .toSorted((a, b) => b.length - a.length)
    .reduce((cleaned, form) => cleaned.replaceAll(form, '•••'), text);
}

function formsOf(secret: string, user: string): readonly string[] {
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    Buffer.from(`${user}:${secret}`).toString('base64'),
  ];
}
