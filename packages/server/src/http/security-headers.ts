/** Headers every answer carries, as the flat list of names and values that Node writes fastest. */
export interface SecurityHeaders {
  readonly api: readonly string[];
  page(nonce: string): Readonly<Record<string, string>>;
  readonly asset: Readonly<Record<string, string>>;
}

const everywhere = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()',
  'X-Frame-Options': 'SAMEORIGIN',
} as const;

/** Makes the headers; over https browsers are told to stay there. */
export function createSecurityHeaders(options: { readonly isHttps: boolean }): SecurityHeaders {
  const common: Record<string, string> = {
    ...everywhere,
    ...(options.isHttps ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
  const api = {
    ...common,
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'Cache-Control': 'private, no-store',
    Vary: 'Cookie, Authorization',
  };
  return {
    api: Object.entries(api).flat(),
    page: (nonce) => ({ ...common, 'Content-Security-Policy': pagePolicy(nonce), 'Cache-Control': 'no-store' }),
    asset: common,
  };
}

// Scripts only with this answer's nonce, and none from text. Styles may stand in the page: the component library and
// charts place them so. Images
// and frames may come from anywhere over https, since apps show what other systems have.
function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob: https:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "frame-src 'self' https:",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
}
