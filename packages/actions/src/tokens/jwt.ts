import jwt, { type JwtPayload, type SignOptions, type VerifyOptions } from 'jsonwebtoken';

/** Signs claims (RFC 7519). */
export function signToken(claims: object, key: string, options: SignOptions): string {
  return jwt.sign(claims, key, options);
}

/** Claims of a token that is valid, or why it is not. */
export function readToken(
  token: string,
  key: string,
  options: VerifyOptions,
): { readonly claims: JwtPayload } | { readonly reason: string } {
  try {
    const claims = jwt.verify(token, key, { ...options, complete: false });
    return { claims: typeof claims === 'string' ? { value: claims } : claims };
  } catch (error) {
    if (!(error instanceof jwt.JsonWebTokenError)) throw error;
    return { reason: reasonOf(error) };
  }
}

function reasonOf(error: Error): string {
  if (error instanceof jwt.TokenExpiredError) return 'it has ended.';
  if (error instanceof jwt.NotBeforeError) return 'it has not begun.';
  if (error.message.includes('issuer')) return 'it has another issuer.';
  if (error.message.includes('audience')) return 'it is for somebody else.';
  if (error.message === 'invalid algorithm') return 'it is signed in another way.';
  return error.message === 'invalid signature' ? 'its signature is wrong.' : 'it is no token, or the key does not fit.';
}
