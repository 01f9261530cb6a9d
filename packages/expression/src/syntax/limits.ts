/** The longest source text of one expression, in characters. */
export const maximumSourceLength = 20_000;
/** How deep an expression may nest. */
export const maximumNesting = 200;
/** The longest text of a library function, in characters. */
export const maximumFunctionLength = 4_000;
/** How many library functions may be under way at once, each called by the one before. */
export const maximumCallDepth = 8;
/** How large a library function may be together with all that it calls, in nodes. */
export const maximumFunctionSize = 50_000;
