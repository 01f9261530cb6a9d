import { accessRuleSchema, eventActionSchema, idSchema, layoutSchema, nameSchema } from '@fettle/definition';
import { Type, type TProperties } from 'typebox';

/** A command's schema: its type, its members, nothing else. */
export function commandSchema<const T extends string, P extends TProperties>(type: T, members: P) {
  return Type.Object({ type: Type.Literal(type), ...members }, { additionalProperties: false });
}

/** A value, or null to take it away. */
export const orNull = {
  rule: Type.Union([accessRuleSchema, Type.Null()]),
  layout: Type.Union([layoutSchema, Type.Null()]),
  text: Type.Union([Type.String({ maxLength: 20_000 }), Type.Null()]),
  id: Type.Union([idSchema, Type.Null()]),
} as const;

/** Old id → new id. */
export const idMapSchema = Type.Record(Type.String(), idSchema);
/** Several ids, each once. */
export const idListSchema = Type.Array(idSchema, { minItems: 1, maxItems: 5_000, uniqueItems: true });
/** Event actions of one event; an empty list takes the event away. */
export const actionListSchema = Type.Array(eventActionSchema, { maxItems: 50 });
/** A slot of a component. */
export const slotNameSchema = Type.String({ minLength: 1, maxLength: 64 });

export { accessRuleSchema, idSchema, layoutSchema, nameSchema };
