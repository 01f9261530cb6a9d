const safeSchemes = new Set(['http', 'https', 'mailto', 'tel']);

/**
 * The address when it is safe to follow or show: http(s), mailto, tel, or relative. Everything else is undefined:
 * other schemes can run code (`javascript:`) or pass off made-up pages (`data:`). Browsers skip tabs and line breaks
 * anywhere and control characters in front, so these are removed before the scheme is read.
 */
export function safeUrl(url: unknown): string | undefined {
  if (typeof url !== 'string') return undefined;
  // oxlint-disable-next-line no-control-regex -- the control characters are the point
  const text = url.replace(/[\t\n\r]/g, '').replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, '');
  // oxlint-disable-next-line no-control-regex -- as above
  if (text === '' || /[\u0000-\u001f\u007f-\u009f]/.test(text)) return undefined;
  const scheme = /^([^/?#\\]*?):/.exec(text)?.[1];
  if (scheme === undefined) return text;
  return safeSchemes.has(scheme.toLowerCase()) ? text : undefined;
}

/** {@link safeUrl} for what is fetched and shown in the page: http(s) or relative. */
export function safeResourceUrl(url: unknown): string | undefined {
  const safe = safeUrl(url);
  return safe === undefined || /^(mailto|tel):/i.test(safe) ? undefined : safe;
}
