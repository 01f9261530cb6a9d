import { Type } from 'typebox';

/** Schema of who did something: `kind` is user, api-key, flow, visitor or system. */
export const whoSchema = Type.Object({
  kind: Type.String(),
  id: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  email: Type.Optional(Type.String()),
});
