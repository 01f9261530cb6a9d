/** The longest source text of one expression, in characters. */
export const maximumSourceLength = 20_000;
/** How deep an expression may nest. */
export const maximumNesting = 200;
