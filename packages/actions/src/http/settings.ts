import { Type } from 'typebox';

/** Name and value of a header, parameter or field. */
export const pairSchema = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 200 }), value: Type.String({ maxLength: 8000 }) },
  { additionalProperties: false },
);

/** A pair as a binding left it: values may be numbers. */
export interface Pair {
  readonly name: string;
  readonly value: unknown;
}
