/** Stands in the built pages wherever the nonce of a reply belongs. */
export const noncePlaceholder = '__CSP_NONCE__';
